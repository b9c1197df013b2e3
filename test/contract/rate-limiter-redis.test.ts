import { createRedisRateLimiter } from "../../src/adapters/redis/index.ts";
import { describeWithRedis } from "../support/redis.ts";
import { createRedisStore } from "./redis-store.ts";
import { runRateLimiterContract } from "./run-rate-limiter-contract.ts";

describeWithRedis("limits in Redis", (redis) => {
  const create = () =>
    createRedisStore(redis, (url, prefix) =>
      createRedisRateLimiter({ url, prefix, timeoutMs: 5000 }),
    );

  runRateLimiterContract("Redis", { create }, { isShared: true });
});
