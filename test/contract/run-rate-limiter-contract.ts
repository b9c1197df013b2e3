import { describe, test } from "vitest";
import {
  type RateLimiterHarness,
  rateLimiterContract,
  sharedRateLimiterContract,
} from "../../src/testing/index.ts";

/** Runs the conformance suite of the rate limiter port, one test for each case. */
export function runRateLimiterContract(
  store: string,
  harness: RateLimiterHarness,
  { isShared }: { readonly isShared: boolean },
): void {
  describe(`contract: RateLimiter / ${store}`, () => {
    const cases = [...rateLimiterContract, ...(isShared ? sharedRateLimiterContract : [])];
    test.each(cases)("$name", ({ run }) => run(harness), 60_000);
  });
}
