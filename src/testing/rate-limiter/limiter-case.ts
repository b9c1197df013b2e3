import type { RateLimit } from "../../domain/rate-limit.ts";
import type { RateLimiter } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectEqual } from "../expectations.ts";
import type { RateLimiterHarness, RateLimiterUnderTest } from "./rate-limiter-harness.ts";

/** One promise of the `RateLimiter` port and how to try it. */
export type RateLimiterCase = CreatedCase<RateLimiterHarness>;

/** Makes a case on a store of its own. */
export const limiterCase = createdCase<RateLimiterUnderTest, RateLimiterHarness>;

/** Makes a limit of a key that nothing was counted for, three an hour. */
export function aLimit(change: Partial<RateLimit> = {}): RateLimit {
  return {
    policy: "sign_in_account",
    key: crypto.randomUUID(),
    quota: 3,
    windowSeconds: 3600,
    ...change,
  };
}

/** Expects so many takes in a row to be granted, and the next one to be refused. */
export async function expectGrants(
  limiter: RateLimiter,
  limits: readonly RateLimit[],
  count: number,
): Promise<void> {
  const granted: boolean[] = [];
  for (let round = 0; round <= count; round += 1)
    granted.push((await limiter.take(limits)).isAllowed);
  const expected = Array.from({ length: count + 1 }, (_, round) => round < count);
  expectEqual("what was granted", granted, expected);
}
