import { createRedisSharedWork } from "../../src/adapters/redis/index.ts";
import { describeWithRedis } from "../support/redis.ts";
import { createRedisStore } from "./redis-store.ts";
import { runSharedWorkContract } from "./run-shared-work-contract.ts";

describeWithRedis("shared work in Redis", (redis) => {
  const create = () =>
    createRedisStore(redis, (url, prefix) =>
      createRedisSharedWork({ url, prefix, timeoutMs: 5000 }),
    );

  runSharedWorkContract("Redis", { create }, { isShared: true });
});
