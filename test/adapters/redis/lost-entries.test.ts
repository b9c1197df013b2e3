import { expect, test } from "vitest";
import { createRevocationCheck } from "../../../src/adapters/jwt/index.ts";
import type { UserPrincipal } from "../../../src/domain/principal.ts";
import type { Revocation } from "../../../src/domain/revocation.ts";
import { describeWithRedis } from "../../support/redis.ts";
import { useRevocationLists } from "./support.ts";

const issuer = "https://issuer.example";
const nowSeconds = Math.floor(Date.now() / 1000);
const until = nowSeconds + 600;

function principal(id: string): UserPrincipal {
  const [sessionId, subject] = [`session-${id}`, `subject-${id}`];
  const times = { issuedAt: nowSeconds - 10, expiresAt: until };
  const who = { kind: "user", issuer, clientId: "client-1", username: "ada" } as const;
  return { ...who, ...times, sessionId, subject, groups: [], scopes: [] };
}

const ofSession = (id: string): Revocation => ({
  kind: "session",
  issuer,
  sessionId: `session-${id}`,
  until,
});
const ofUser = (id: string): Revocation => ({
  kind: "user",
  issuer,
  subject: `subject-${id}`,
  issuedUntil: nowSeconds,
  until,
});

/** @see https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/ */
describeWithRedis("a Redis that comes back empty", (url) => {
  const { redis, key, open } = useRevocationLists(url);

  /** A running instance, which reads the list whenever it is asked. */
  function instance() {
    const restored: number[] = [];
    const check = createRevocationCheck({
      list: open(),
      maxAgeMs: 0,
      whenUnavailable: "refuse",
      onRestored: (count) => restored.push(count),
    });
    return { ...check, restored };
  }

  test("is given back what running instances know, and new ones refuse it", async () => {
    const running = instance();
    const revocations = Array.from({ length: 120 }, (_, index) => ofSession(String(index)));
    for (const revocation of [...revocations, ofUser("ada")]) await running.add(revocation);
    await running.isRevoked(principal("none"));

    await redis.del(key);
    await running.isRevoked(principal("none"));

    await expect.poll(() => running.restored).toEqual([121]);
    const fresh = instance();
    for (const id of ["0", "57", "119", "ada"])
      expect(await fresh.isRevoked(principal(id))).toBe(true);
    expect(await fresh.isRevoked(principal("none"))).toBe(false);
  });

  test("is given back what was added since it was last read", async () => {
    const running = instance();
    await running.isRevoked(principal("none"));
    await running.add(ofSession("one"));

    await redis.del(key);
    await running.isRevoked(principal("none"));

    await expect.poll(() => running.restored).toEqual([1]);
    expect(await instance().isRevoked(principal("one"))).toBe(true);
  });

  test("is given back what it is without beside what was added since", async () => {
    const [running, other] = [instance(), instance()];
    await running.add(ofSession("before"));
    await running.isRevoked(principal("none"));

    await redis.del(key);
    await other.add(ofSession("after"));
    await running.isRevoked(principal("none"));

    await expect.poll(() => running.restored).toEqual([1]);
    const fresh = instance();
    for (const id of ["before", "after"]) expect(await fresh.isRevoked(principal(id))).toBe(true);
    expect(other.restored).toEqual([]);
  });

  test("is given back once by instances that find it done", async () => {
    const all = [instance(), instance()];
    await all[0]?.add(ofSession("one"));
    for (const { isRevoked } of all) await isRevoked(principal("none"));
    await redis.del(key);

    await all[0]?.isRevoked(principal("none"));
    await expect.poll(() => all[0]?.restored).toEqual([1]);
    await all[1]?.isRevoked(principal("none"));

    expect(all[1]?.restored).toEqual([]);
    expect(await redis.xLen(key)).toBe(1);
  });

  test("that has lost nothing is given nothing", async () => {
    const running = instance();
    await running.isRevoked(principal("none"));
    await running.add(ofSession("one"));
    await running.add({ ...ofSession("short"), until: nowSeconds + 30 });

    for (let round = 0; round < 3; round += 1) await running.isRevoked(principal("none"));
    await redis.del(key);
    await running.add(ofSession("one"));
    await running.isRevoked(principal("none"));

    expect(running.restored).toEqual([]);
  });
});
