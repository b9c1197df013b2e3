import { describe, expect, test } from "vitest";
import { createRedisRevocationList } from "../../../src/adapters/redis/index.ts";
import type { SessionRevocation } from "../../../src/domain/revocation.ts";
import { layLine } from "../../support/line.ts";
import { describeWithRedis } from "../../support/redis.ts";
import { timed } from "../../support/timed.ts";
import { useRevocationLists } from "./support.ts";

const nowSeconds = () => Math.floor(Date.now() / 1000);

function revocation(sessionId: string, seconds = 600): SessionRevocation {
  return {
    kind: "session",
    issuer: "https://issuer.example",
    sessionId,
    until: nowSeconds() + seconds,
  };
}

describeWithRedis("revocations in Redis, as they are kept", (url) => {
  const { redis, key, open: openList } = useRevocationLists(url);
  const open = (options: { readonly url?: string; readonly timeoutMs?: number } = {}) =>
    openList({ timeoutMs: 5000, ...options });

  test("go with the last of them", async () => {
    const list = open();
    await list.add(revocation("long", 900));
    await list.add(revocation("short", 60));

    const seconds = await redis.ttl(key);

    expect(seconds).toBeGreaterThan(890);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  test("make room as others are added, once they are over", async () => {
    const list = open();
    for (let count = 0; count < 30; count += 1) await list.add(revocation(`over-${count}`, -1));
    for (let count = 0; count < 3; count += 1) await list.add(revocation(`live-${count}`));

    expect(await redis.xLen(key)).toBe(3);
  });

  test("are read anew where what a cursor names is gone", async () => {
    const list = open();
    await list.add(revocation("one"));
    const { cursor } = await list.read();
    await redis.del(key);
    await redis.xAdd(key, "1-1", {
      revocation: JSON.stringify(revocation("two")),
      until: "9999999999",
    });

    const { revocations } = await list.read(cursor);

    expect(revocations).toEqual([expect.objectContaining({ sessionId: "two" })]);
  });

  test("are found among what others put there", async () => {
    const list = open();
    await list.add(revocation("one"));
    for (const text of [
      "no JSON",
      "[]",
      "null",
      '{"kind":"session"}',
      '{"kind":"other","issuer":"i","until":1e12}',
    ])
      await redis.xAdd(key, "*", { revocation: text, until: "9999999999" });

    const { revocations } = await list.read();

    expect(revocations).toEqual([expect.objectContaining({ sessionId: "one" })]);
  });

  test("cannot be had where the key holds something else", async () => {
    await redis.set(key, "something else");

    await expect(open().read()).rejects.toMatchObject({ code: "provider_unavailable" });
    await expect(open().add(revocation("one"))).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });

  test("can be had again when the server is back, without being opened anew", async () => {
    const line = await layLine(url);
    const list = open({ url: line.url });
    await list.add(revocation("before"));
    await line.cut();
    await expect(list.read()).rejects.toMatchObject({ code: "provider_unavailable" });

    await line.mend();

    await expect
      .poll(
        () =>
          list.read().then(
            ({ revocations }) => revocations.length,
            () => 0,
          ),
        { timeout: 8000 },
      )
      .toBe(1);
    await line.cut();
  });

  test("can be had when the server comes up after the first who asked", async () => {
    const line = await layLine(url);
    await line.cut();
    const list = open({ url: line.url });
    await expect(list.add(revocation("early"))).rejects.toMatchObject({
      code: "provider_unavailable",
    });

    await line.mend();

    await expect
      .poll(
        () =>
          list.add(revocation("late")).then(
            () => true,
            () => false,
          ),
        { timeout: 8000 },
      )
      .toBe(true);
    await line.cut();
  });

  test(
    "cannot be had from a server that says nothing, and nobody waits for longer than told",
    timed,
    async () => {
      const line = await layLine(url);
      const list = open({ url: line.url, timeoutMs: 500 });
      await list.read();
      line.mute();
      const started = performance.now();

      await expect(list.read()).rejects.toMatchObject({ code: "provider_unavailable" });

      expect(performance.now() - started).toBeLessThan(2000);
      await line.cut();
    },
  );
});

describe("a list in Redis", () => {
  test("is not there under an address of something else", async () => {
    const list = createRedisRevocationList({ url: "redis://127.0.0.1:1", timeoutMs: 200 });

    await expect(list.read()).rejects.toMatchObject({ code: "provider_unavailable" });
    await list.close();
    await expect(list.read()).rejects.toMatchObject({ code: "provider_unavailable" });
  });
});
