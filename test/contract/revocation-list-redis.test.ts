import { createRedisRevocationList } from "../../src/adapters/redis/index.ts";
import { describeWithRedis } from "../support/redis.ts";
import { createRedisStore } from "./redis-store.ts";
import { runRevocationListContract } from "./run-revocation-list-contract.ts";

describeWithRedis("revocations in Redis", (redis) => {
  const create = async () => ({
    ...(await createRedisStore(redis, (url, key) =>
      createRedisRevocationList({ url, key, timeoutMs: 8000 }),
    )),
    nowSeconds: () => Math.floor(Date.now() / 1000),
  });

  runRevocationListContract("Redis", { create }, { isShared: true });
});
