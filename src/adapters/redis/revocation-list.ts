import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";
import { readRevocation, revocationText } from "../jwt/revocations/revocation-text.ts";
import { connectToRedis } from "./connection.ts";

/** The options of {@link createRedisRevocationList}. */
export interface RedisRevocationListOptions {
  /** `redis://user:password@host:port/database`, or `rediss://…` for TLS. */
  readonly url: string;
  /** The key that the list is kept under. @default "portico:revocations" */
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
 * Adds an entry, takes up to twenty away that are over, and lets the whole end with the last of its entries. One script,
 * so that no one sees half of it.
 */
const addScript = `
redis.call('XADD', KEYS[1], '*', 'revocation', ARGV[1], 'until', ARGV[2])
local now = tonumber(redis.call('TIME')[1])
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 20)) do
  if tonumber(entry[2][4]) > now then break end
  redis.call('XDEL', KEYS[1], entry[1])
end
if redis.call('TTL', KEYS[1]) < tonumber(ARGV[2]) - now then
  redis.call('EXPIREAT', KEYS[1], ARGV[2])
end
`;

const pageSize = 1000;

/**
 * Keeps revocations in Redis or Valkey, for all processes that reach it: in one stream, whose ids tell what is new. On
 * Node.js, Deno and Bun, with the package `@redis/client`; it is loaded when the list is first used. Needs Redis 6.2, and of
 * its commands EVAL, XADD, XRANGE, XDEL, TIME, TTL, EXPIREAT and PING.
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

  async function range(start: string): Promise<readonly Entry[]> {
    const answer = await connection.send("XRANGE", key, start, "+", "COUNT", String(pageSize));
    return Array.isArray(answer) ? answer.map(readEntry) : [];
  }

  /** Only where the entry that a cursor names is still there can it be told what came after. */
  async function since(cursor: string): Promise<readonly Entry[] | undefined> {
    if (!/^\d{1,15}-\d{1,15}$/.test(cursor)) return undefined;
    const entries = await range(cursor);
    return entries[0]?.id === cursor ? entries : undefined;
  }

  return {
    async add(revocation) {
      const until = String(Math.ceil(revocation.until));
      await connection.send("EVAL", addScript, "1", key, revocationText(revocation), until);
    },

    async read(cursor = "") {
      const revocations: Revocation[] = [];
      const now = clock.now() / 1000;
      let last = "";
      const known = await since(cursor);
      const isWhole = known === undefined;
      let page = known ?? (await range("-"));
      for (;;) {
        for (const { id, revocation } of page) {
          last = id;
          if (revocation && revocation.until > now) revocations.push(revocation);
        }
        if (page.length < pageSize) return { revocations, cursor: last, isWhole };
        page = await range(`(${last}`);
      }
    },

    close: connection.close,
  };
}

interface Entry {
  readonly id: string;
  readonly revocation: Revocation | undefined;
}

/** An entry as XRANGE gives it: its id, and its fields with their values between. */
function readEntry(entry: unknown): Entry {
  const [id, fields]: unknown[] = Array.isArray(entry) ? entry : [];
  const [, text]: unknown[] = Array.isArray(fields) ? fields : [];
  return { id: String(id), revocation: readRevocation(text) };
}
