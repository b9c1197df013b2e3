import type { SharedWork } from "../../ports/index.ts";
import { connectToRedis } from "./connection.ts";

/** The options of {@link createRedisSharedWork}. */
export interface RedisSharedWorkOptions {
  /** `redis://user:password@host:port/database`, or `rediss://…` for TLS. */
  readonly url: string;
  /** The beginning of the key of each piece of work. @default "portico:work" */
  readonly prefix?: string;
  /** The time that a command may take, connecting included, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/** A place for shared work that can be left. */
export interface RedisSharedWork extends SharedWork {
  /** Ends the connection. */
  close(): Promise<void>;
}

const claimScript = `
local generation, outcome = unpack(redis.call('HMGET', KEYS[1], 'generation', 'outcome'))
if generation then
  if not outcome then return { 'under_way' } end
  if tonumber(generation) >= tonumber(ARGV[2]) then return { 'done', outcome } end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'claim', ARGV[1])
redis.call('HSET', KEYS[1], 'generation', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { 'claimed', outcome }
`;

const settleScript = `
if redis.call('HGET', KEYS[1], 'claim') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'generation', ARGV[2])
redis.call('HSET', KEYS[1], 'outcome', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;

const releaseScript = `
if redis.call('HGET', KEYS[1], 'claim') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
`;

/**
 * Shares work in Redis or Valkey, for all processes that reach it, each call in one round trip. On Node.js, Deno and Bun,
 * with the package `@redis/client`; it is loaded when it is first used. Of Redis's commands it needs EVAL, HGET, HMGET,
 * HSET, DEL, PEXPIRE, INFO and PING.
 */
export function createRedisSharedWork(options: RedisSharedWorkOptions): RedisSharedWork {
  const { url, prefix = "portico:work", timeoutMs = 1000 } = options;
  const connection = connectToRedis(url, timeoutMs);
  const run = (script: string, key: string, ...args: readonly (string | number)[]) =>
    connection.send("EVAL", script, "1", `${prefix}:${key}`, ...args.map(String));
  return {
    async claim(key, generation, seconds) {
      const claim = crypto.randomUUID();
      const answer = await run(claimScript, key, claim, generation, milliseconds(seconds));
      const [state, outcome]: unknown[] = Array.isArray(answer) ? answer : [];
      if (state === "done") return { state, outcome: String(outcome) };
      if (state === "under_way") return { state };
      const before = typeof outcome === "string" ? { before: outcome } : {};
      return { state: "claimed", key, claim, ...before };
    },

    async settle({ key, claim }, { text, generation, seconds }) {
      const settled = await run(settleScript, key, claim, generation, text, milliseconds(seconds));
      return Number(settled) === 1;
    },

    async release({ key, claim }) {
      await run(releaseScript, key, claim);
    },

    close: connection.close,
  };
}

function milliseconds(seconds: number): number {
  return Math.max(1, Math.ceil(seconds * 1000));
}
