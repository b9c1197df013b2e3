import type { RateLimit, RateLimitStatus } from "../../domain/rate-limit.ts";
import type { RateLimiter } from "../../ports/index.ts";
import { hmacSha256 } from "../shared/digest.ts";

/**
 * Makes a limiter that gives its store a keyed digest for each key, so that the store tells nobody who tries to sign in,
 * not even by a list of likely names, and every key is of the same length.
 *
 * @param secret - the same on all instances that share the store
 */
export function createKeyedRateLimiter(limiter: RateLimiter, secret: string): RateLimiter {
  async function digested(limit: RateLimit): Promise<RateLimit> {
    const message = new TextEncoder().encode(`${limit.policy} ${limit.key}`);
    const digest = await hmacSha256(secret, message);
    // 128 bits are more than there are callers to tell apart.
    const key = [...digest.subarray(0, 16)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    return { ...limit, key };
  }
  const all = (limits: readonly RateLimit[]) => Promise.all(limits.map(digested));
  return {
    async take(limits) {
      const decision = await limiter.take(await all(limits));
      return { ...decision, statuses: about(limits, decision.statuses) };
    },
    giveBack: async (limits) => limiter.giveBack(await all(limits)),
    reset: async (limits) => limiter.reset(await all(limits)),
    read: async (limits) => about(limits, await limiter.read(await all(limits))),
  };
}

/** Tells the same of the limits that were asked for, in their order, in place of those with a digest. */
function about(
  limits: readonly RateLimit[],
  statuses: readonly RateLimitStatus[],
): readonly RateLimitStatus[] {
  return statuses.map((status, index) => ({ ...status, limit: limits[index] ?? status.limit }));
}
