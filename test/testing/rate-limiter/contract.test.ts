import { describe, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import {
  ContractFailure,
  type RateLimiterHarness,
  rateLimiterContract,
  sharedRateLimiterContract,
} from "../../../src/testing/index.ts";
import { type BrokenLimiter, brokenRateLimiters } from "../broken/rate-limiters.ts";

/** Limiters in memory, by a clock that is set, with a rule broken or none. */
function harnessOf({ breakLimiter }: Pick<BrokenLimiter, "breakLimiter">): RateLimiterHarness {
  return {
    async create() {
      let now = 1_800_000_000_000;
      const limiter = createMemoryRateLimiter({ clock: { now: () => now } });
      const broken = { ...limiter, ...breakLimiter(limiter) };
      return {
        open: () => broken,
        pass(seconds) {
          now += seconds * 1000;
        },
        takeDown: () => undefined,
        close: async () => undefined,
      };
    },
  };
}

describe("rateLimiterContract", () => {
  const cases = [...rateLimiterContract, ...sharedRateLimiterContract];

  test.each(brokenRateLimiters)("catches a limiter that $fault", async (broken) => {
    const limiterCase = cases.find(({ name }) => name === broken.caughtBy);

    const failure = await limiterCase?.run(harnessOf(broken)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(broken.caughtBy));
  });

  test.each(rateLimiterContract)(
    "finds no fault in one that breaks no rule: $name",
    async ({ run }) => {
      await expect(run(harnessOf({ breakLimiter: () => ({}) }))).resolves.toBeUndefined();
    },
  );

  test("gives each case a name of its own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("has a broken limiter for every case", () => {
    const caught = new Set(brokenRateLimiters.map(({ caughtBy }) => caughtBy));

    expect(caught).toEqual(new Set(cases.map(({ name }) => name)));
  });
});
