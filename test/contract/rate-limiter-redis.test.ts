import { setTimeout as delay } from "node:timers/promises";
import { createRedisRateLimiter } from "../../src/adapters/redis/index.ts";
import type { RateLimiterHarness } from "../../src/testing/index.ts";
import { layLine } from "../support/line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { runRateLimiterContract } from "./run-rate-limiter-contract.ts";

describeWithRedis("limits in Redis", (url) => {
  const harness: RateLimiterHarness = {
    async create() {
      const line = await layLine(url);
      const prefix = `test:${crypto.randomUUID()}`;
      const limiters: ReturnType<typeof createRedisRateLimiter>[] = [];
      let isDown = false;
      const cut = async () => {
        if (!isDown) await line.cut();
        isDown = true;
      };
      return {
        open() {
          const limiter = createRedisRateLimiter({ url: line.url, prefix, timeoutMs: 5000 });
          limiters.push(limiter);
          return limiter;
        },
        pass: (seconds) => delay(seconds * 1000),
        takeDown: cut,
        async close() {
          for (const limiter of limiters) await limiter.close();
          await cut();
        },
      };
    },
  };

  runRateLimiterContract("Redis", harness, { isShared: true });
});
