import { afterEach, expect, test } from "vitest";
import {
  createRedisReplayStore,
  type RedisReplayStore,
} from "../../../src/adapters/redis/index.ts";
import { describeWithRedis } from "../../support/redis.ts";

describeWithRedis("a replay store in Redis", (url) => {
  const opened: RedisReplayStore[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });

  /** Opens one store as several instances would. */
  function openTwice(): readonly [RedisReplayStore, RedisReplayStore] {
    const prefix = `test:${crypto.randomUUID()}`;
    const open = () => createRedisReplayStore({ url, prefix, timeoutMs: 5000 });
    const both = [open(), open()] as const;
    opened.push(...both);
    return both;
  }

  const inAMinute = () => Math.ceil(Date.now() / 1000) + 60;

  test("takes an id once, of many at once and on all instances", async () => {
    const stores = openTwice();
    const until = inAMinute();

    const added = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].add("id", until)),
    );

    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await stores[0].add("another", until)).toBe(true);
  });

  test("tells two apart who show at once what is over already", async () => {
    const [here, there] = openTwice();

    const added = await Promise.all([here.add("id", 1), there.add("id", 1)]);

    expect(added.toSorted()).toEqual([false, true]);
  });

  test("says that it cannot be reached", async () => {
    const [store] = openTwice();
    await store.close();

    await expect(store.add("id", inAMinute())).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });
});
