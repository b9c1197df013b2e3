import { createMemoryRateLimiter } from "../../src/adapters/memory/index.ts";
import type { RateLimiterHarness } from "../../src/testing/index.ts";
import { runRateLimiterContract } from "./run-rate-limiter-contract.ts";

const harness: RateLimiterHarness = {
  async create() {
    let now = Date.now();
    const limiter = createMemoryRateLimiter({ clock: { now: () => now } });
    return {
      open: () => limiter,
      pass(seconds) {
        now += seconds * 1000;
      },
      takeDown: () => undefined,
      close: async () => undefined,
    };
  },
};

runRateLimiterContract("memory", harness, { isShared: false });
