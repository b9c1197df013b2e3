import { createRedisReplayStore } from "../../src/adapters/redis/index.ts";
import { sharedReplayStoreContract } from "../../src/testing/index.ts";
import { describeWithRedis } from "../support/redis.ts";
import { createRedisStore } from "./redis-store.ts";
import { runReplayStoreContract } from "./run-replay-store-contract.ts";

describeWithRedis("ids that were used, in Redis", (redis) => {
  const create = () =>
    createRedisStore(redis, (url, prefix) =>
      createRedisReplayStore({ url, prefix, timeoutMs: 5000 }),
    );

  runReplayStoreContract("Redis", { create }, sharedReplayStoreContract);
});
