import type { Clock, RevocationList } from "../../ports/index.ts";
import {
  readRevocations,
  revocationText,
  textBeginnings,
} from "../jwt/revocations/revocation-text.ts";
import { connectToRedis } from "./connection.ts";

/** The options of {@link createRedisRevocationList}. */
export interface RedisRevocationListOptions {
  /** `redis://user:password@host:port/database`, or `rediss://…` for TLS. */
  readonly url: string;
  /** The key that the list is kept under, and with `:texts` after it the set that is looked up in. @default "portico:revocations" */
  readonly key?: string;
  /** The time that a command may take, connecting included, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** A list that can be left. */
export interface RedisRevocationList extends RevocationList {
  /** Ends the connection. */
  close(): Promise<void>;
}

/**
 * Adds an entry, takes up to twenty away that are over, and lets the whole end with the last of its entries. The texts
 * are in a set as well, in order, to be found in: those of a list that was written without it when the next is added.
 * One script, so that no one sees half of it.
 */
const addScript = `
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('DEL', KEYS[2]) end
local start = redis.call('EXISTS', KEYS[2]) == 0 and '-'
redis.call('XADD', KEYS[1], '*', 'revocation', ARGV[1], 'until', ARGV[2])
while start do
  local entries = redis.call('XRANGE', KEYS[1], start, '+', 'COUNT', 1000)
  for _, entry in ipairs(entries) do redis.call('ZADD', KEYS[2], 0, entry[2][2]) end
  start = #entries == 1000 and '(' .. entries[1000][1]
end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
local now = tonumber(redis.call('TIME')[1])
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 20)) do
  if tonumber(entry[2][4]) > now then break end
  redis.call('XDEL', KEYS[1], entry[1])
  redis.call('ZREM', KEYS[2], entry[2][2])
end
for _, key in ipairs(KEYS) do
  if redis.call('TTL', key) < tonumber(ARGV[2]) - now then redis.call('EXPIREAT', key, ARGV[2]) end
end
`;

/** Finds the texts that begin in one of some ways, unless the list was written by whoever keeps no set of them. */
const findScript = `
if redis.call('EXISTS', KEYS[2]) < redis.call('EXISTS', KEYS[1]) then
  return redis.error_reply('NOTEXTS The list has no set of its texts.')
end
local found = {}
for _, beginning in ipairs(ARGV) do
  local after = '(' .. string.sub(beginning, 1, -2) .. '-'
  for _, text in ipairs(redis.call('ZRANGE', KEYS[2], '[' .. beginning, after, 'BYLEX')) do
    table.insert(found, text)
  end
end
return found
`;

/** Most entries to ask for at once, fewest, and how many at first. */
const [mostAtOnce, fewestAtOnce, firstAtOnce] = [1000, 10, 100];

/**
 * Keeps revocations in Redis or Valkey, for all processes that reach it: in one stream, whose ids tell what is new. On
 * Node.js, Deno and Bun, with the package `@redis/client`; it is loaded when the list is first used. Needs Redis 6.2, and of
 * its commands EVAL, XADD, XRANGE, XDEL, ZADD, ZRANGE, ZREM, EXISTS, DEL, TIME, TTL, EXPIREAT, INFO and PING.
 *
 * @see https://redis.io/docs/latest/develop/data-types/streams/
 * @example
 * const list = createRedisRevocationList({ url: "redis://localhost:6379" });
 * const { isRevoked, add } = createRevocationCheck({ list });
 */
export function createRedisRevocationList(
  options: RedisRevocationListOptions,
): RedisRevocationList {
  const { url, key = "portico:revocations", timeoutMs = 1000, clock = Date } = options;
  const connection = connectToRedis(url, timeoutMs);

  const run = (script: string, ...args: readonly string[]) =>
    connection.send("EVAL", script, "2", key, `${key}:texts`, ...args);
  let atOnce = firstAtOnce;

  /** Asks for more where all of it came in little of its time, and for fewer after what did not come in time. */
  async function range(start: string, count: number): Promise<readonly Entry[]> {
    const askedAt = performance.now();
    let answer: unknown;
    try {
      answer = await connection.send("XRANGE", key, start, "+", "COUNT", String(count));
    } catch (error) {
      atOnce = Math.max(fewestAtOnce, Math.floor(atOnce / 4));
      throw error;
    }
    const entries = Array.isArray(answer) ? answer.map(readEntry) : [];
    const isQuick = performance.now() - askedAt < timeoutMs / 3;
    if (isQuick && entries.length === count) atOnce = Math.min(mostAtOnce, count * 2);
    return entries;
  }

  /** Only where the entry that a cursor names is still there can it be told what came after. */
  async function since(cursor: string, count: number): Promise<readonly Entry[] | undefined> {
    if (!/^\d{1,15}-\d{1,15}$/.test(cursor)) return undefined;
    const entries = await range(cursor, count);
    return entries[0]?.id === cursor ? entries : undefined;
  }

  return {
    async add(revocation) {
      const until = String(Math.ceil(revocation.until));
      await run(addScript, revocationText(revocation), until);
    },

    async read(cursor = "") {
      const count = atOnce;
      const known = await since(cursor, count);
      const entries = known ?? (await range("-", count));
      const added = known ? entries.slice(1) : entries;
      return {
        revocations: readRevocations(
          added.map(({ text }) => text),
          clock,
        ),
        cursor: entries.at(-1)?.id ?? "",
        hasMore: entries.length === count,
        isWhole: known === undefined,
      };
    },

    async find(of) {
      const found = await run(findScript, ...textBeginnings(of));
      return readRevocations(Array.isArray(found) ? found : [], clock);
    },

    close: connection.close,
  };
}

interface Entry {
  readonly id: string;
  readonly text: unknown;
}

/** An entry as XRANGE gives it: its id, and its fields with their values between. */
function readEntry(entry: unknown): Entry {
  const [id, fields]: unknown[] = Array.isArray(entry) ? entry : [];
  const [, text]: unknown[] = Array.isArray(fields) ? fields : [];
  return { id: String(id), text };
}
