import { setTimeout as delay } from "node:timers/promises";
import { createRedisRevocationList } from "../../src/adapters/redis/index.ts";
import type { RevocationListHarness } from "../../src/testing/index.ts";
import { layLine } from "../support/line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { runRevocationListContract } from "./run-revocation-list-contract.ts";

describeWithRedis("revocations in Redis", (url) => {
  const harness: RevocationListHarness = {
    async create() {
      const line = await layLine(url);
      const key = `test:${crypto.randomUUID()}`;
      const lists: ReturnType<typeof createRedisRevocationList>[] = [];
      let isDown = false;
      const cut = async () => {
        if (!isDown) await line.cut();
        isDown = true;
      };
      return {
        open() {
          const list = createRedisRevocationList({ url: line.url, key, timeoutMs: 8000 });
          lists.push(list);
          return list;
        },
        nowSeconds: () => Math.floor(Date.now() / 1000),
        pass: (seconds) => delay(seconds * 1000),
        takeDown: cut,
        async close() {
          for (const list of lists) await list.close();
          await cut();
        },
      };
    },
  };

  runRevocationListContract("Redis", harness, { isShared: true });
});
