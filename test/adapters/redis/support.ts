import { createClient } from "@redis/client";
import { afterEach, beforeEach } from "vitest";
import { createRedisRevocationList } from "../../../src/adapters/redis/index.ts";

/** Makes a client, and lists that share a key of their own. After each test the lists are closed, and the key is removed. */
export function useRevocationLists(url: string) {
  const redis = createClient({ url });
  const lists: ReturnType<typeof createRedisRevocationList>[] = [];
  const key = `test:${crypto.randomUUID()}`;
  beforeEach(async () => {
    if (!redis.isOpen) await redis.connect();
  });
  afterEach(async () => {
    for (const list of lists.splice(0)) await list.close();
    await redis.del([key, `${key}:texts`]);
    await redis.close();
  });
  return {
    redis,
    key,
    open(options: Partial<Parameters<typeof createRedisRevocationList>[0]> = {}) {
      const list = createRedisRevocationList({ url, key, ...options });
      lists.push(list);
      return list;
    },
  };
}
