import type { RateLimit } from "../../domain/rate-limit.ts";
import type { RateLimitDecision, RateLimiter } from "../../ports/index.ts";
import { leakMs, statusOf } from "../shared/gcra.ts";
import { connectToRedis } from "./connection.ts";

/** The options of {@link createRedisRateLimiter}. */
export interface RedisRateLimiterOptions {
  /** `redis://user:password@host:port/database`, or `rediss://…` for TLS. */
  readonly url: string;
  /** The beginning of the key of each limit. @default "portico:limits" */
  readonly prefix?: string;
  /** The time that a command may take, connecting included, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/** A limiter that can be left. */
export interface RedisRateLimiter extends RateLimiter {
  /** Ends the connection. */
  close(): Promise<void>;
}

/**
 * Counts one (1), gives one back (-1) or only looks (0) for each limit, by the server's own clock. One script, so that all
 * limits are decided together in one round trip, and by the same rule as in `gcra.ts`.
 */
const script = `
local sign = tonumber(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stored, held, leaks, allowed = {}, {}, {}, 1
for i, key in ipairs(KEYS) do
  local leak = tonumber(ARGV[2 * i])
  local full = now + leak * tonumber(ARGV[2 * i + 1])
  leaks[i] = leak
  stored[i] = tonumber(redis.call('GET', key) or 0)
  held[i] = math.min(math.max(stored[i], now), full)
  if sign > 0 and held[i] + leak > full then allowed = 0 end
end
local answer = { allowed, string.format('%.0f', now) }
for i, key in ipairs(KEYS) do
  local empty = held[i]
  if allowed == 1 then empty = math.max(now, held[i] + sign * leaks[i]) end
  if sign ~= 0 and empty ~= stored[i] then
    if empty > now then
      redis.call('SET', key, string.format('%.0f', empty), 'PX', string.format('%.0f', empty - now))
    else
      redis.call('DEL', key)
    end
  end
  answer[i + 2] = string.format('%.0f', empty)
end
return answer
`;

/**
 * Counts in Redis or Valkey, for all processes that reach it, each call in one round trip. On Node.js, Deno and Bun, with
 * the package `@redis/client`; it is loaded when the limiter is first used. Needs Redis 5, and of its commands EVAL, TIME,
 * GET, SET, DEL, INFO and PING. All keys have one hash tag, as one script may touch those of one slot alone.
 *
 * @see https://redis.io/docs/latest/develop/interact/programmability/eval-intro/
 */
export function createRedisRateLimiter(options: RedisRateLimiterOptions): RedisRateLimiter {
  const { url, prefix = "portico:limits", timeoutMs = 1000 } = options;
  const connection = connectToRedis(url, timeoutMs);

  /** No policy has a colon in its name. */
  const keyOf = ({ policy, key }: RateLimit) => `{${prefix}}:${policy}:${key}`;

  async function run(sign: 1 | 0 | -1, limits: readonly RateLimit[]): Promise<RateLimitDecision> {
    const terms = limits.flatMap((limit) => [String(leakMs(limit)), String(limit.quota)]);
    const count = String(limits.length);
    const args = [...limits.map(keyOf), String(sign), ...terms];
    const answer = await connection.send("EVAL", script, count, ...args);
    const numbers = Array.isArray(answer) ? answer.map(Number) : [];
    const [allowed, now = Number.NaN, ...emptyAt] = numbers;
    const statuses = limits.map((limit, index) =>
      statusOf({ limit, emptyAt: emptyAt[index] }, now),
    );
    return { isAllowed: allowed === 1, statuses };
  }

  return {
    take: (limits) => run(1, limits),

    async giveBack(limits) {
      await run(-1, limits);
    },

    async reset(limits) {
      if (limits.length > 0) await connection.send("DEL", ...limits.map(keyOf));
    },

    read: async (limits) => (await run(0, limits)).statuses,

    close: connection.close,
  };
}
