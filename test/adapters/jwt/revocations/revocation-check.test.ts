import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createRevocationCheck } from "../../../../src/adapters/jwt/index.ts";
import { createMemoryRevocationList } from "../../../../src/adapters/memory/index.ts";
import type { UserPrincipal } from "../../../../src/domain/principal.ts";
import type { Revocation } from "../../../../src/domain/revocation.ts";
import type { RevocationList } from "../../../../src/ports/index.ts";
import { issuer, nowSeconds } from "../token-signer.ts";

const principal: UserPrincipal = {
  kind: "user",
  subject: "subject-1",
  issuer,
  clientId: "client-1",
  username: "ada",
  groups: [],
  scopes: [],
  sessionId: "session-1",
  issuedAt: nowSeconds,
  expiresAt: nowSeconds + 3600,
};
const until = nowSeconds + 86_400;
const session: Revocation = { kind: "session", issuer, sessionId: "session-1", until };
const user: Revocation = {
  kind: "user",
  issuer,
  subject: "subject-1",
  issuedUntil: nowSeconds,
  until,
};

function world() {
  const clock = { time: nowSeconds * 1000, now: () => clock.time };
  const memory = createMemoryRevocationList(clock);
  const state = { reads: 0, cursors: [] as (string | undefined)[], isDown: false };
  const list: RevocationList = {
    add: memory.add,
    async read(cursor) {
      state.reads += 1;
      state.cursors.push(cursor);
      if (state.isDown) throw new Error("the list is down");
      return memory.read(cursor);
    },
  };
  return { clock, list, state };
}

describe("a revocation check", () => {
  test("knows what is added through it at once, and what is added elsewhere within its age", async () => {
    const { clock, list } = world();
    const here = createRevocationCheck({ list, clock });
    const elsewhere = createRevocationCheck({ list, clock });
    await elsewhere.isRevoked(principal);

    await here.add(session);

    expect(await here.isRevoked(principal)).toBe(true);
    expect(await elsewhere.isRevoked(principal)).toBe(false);
    clock.time += 2000;
    expect(await elsewhere.isRevoked(principal)).toBe(true);
  });

  test("that refuses while its list is gone says so, until it is back", async () => {
    const { clock, list, state } = world();
    const { check } = createRevocationCheck({ list, clock, whenUnavailable: "refuse" });
    await expect(check()).resolves.toBeUndefined();

    state.isDown = true;
    clock.time += 60_000;
    await expect(check()).rejects.toMatchObject({ code: "provider_unavailable" });

    state.isDown = false;
    clock.time += 60_000;
    await expect(check()).resolves.toBeUndefined();
  });

  test("that accepts while its list is gone has nothing to say", async () => {
    const { clock, list, state } = world();
    const { check } = createRevocationCheck({ list, clock });
    state.isDown = true;
    clock.time += 60_000;

    await expect(check()).resolves.toBeUndefined();
  });

  test("answers without waiting while its copy is fresh, and reads once for all who wait", async () => {
    const { clock, list, state } = world();
    const { isRevoked } = createRevocationCheck({ list, clock });

    await Promise.all(Array.from({ length: 100 }, () => isRevoked(principal)));

    expect(isRevoked(principal)).toBe(false);
    expect(state.reads).toBe(1);
  });

  test("reads only what is new", async () => {
    const { clock, list, state } = world();
    const { isRevoked } = createRevocationCheck({ list, clock });
    await list.add(session);
    await isRevoked(principal);
    clock.time += 2000;

    await isRevoked(principal);

    expect(state.cursors).toEqual([undefined, expect.stringContaining(":1")]);
  });

  test.each<[string, Partial<UserPrincipal>, Revocation, boolean]>([
    ["the session", {}, session, true],
    ["another session", { sessionId: "session-2" }, session, false],
    [
      "a session of that name of another issuer",
      { issuer: "https://other.example" },
      session,
      false,
    ],
    ["the user, in the same second", {}, user, true],
    ["the user, a second later", { issuedAt: nowSeconds + 1 }, user, false],
    ["another user", { subject: "subject-2" }, user, false],
    ["a user of that name of another issuer", { issuer: "https://other.example" }, user, false],
  ])("calls tokens of $0 revoked: $3", async (_case, changes, revocation, expected) => {
    const { clock, list } = world();
    const { isRevoked } = createRevocationCheck({ list, clock });
    await list.add(revocation);

    expect(await isRevoked({ ...principal, ...changes })).toBe(expected);
  });

  test("goes by the later of two revocations of a user, whichever comes first", async () => {
    const { clock, list } = world();
    const check = createRevocationCheck({ list, clock });

    await check.add(user);
    await check.add({ ...user, issuedUntil: nowSeconds - 60 });

    expect(await check.isRevoked(principal)).toBe(true);
  });

  test("forgets what is over", async () => {
    const { clock, list } = world();
    const check = createRevocationCheck({ list, clock });
    await check.add(session);
    await check.add(user);

    clock.time = (until + 61) * 1000;
    await check.isRevoked(principal);

    expect(check.isRevoked(principal)).toBe(false);
    expect((await list.read()).revocations).toEqual([]);
  });

  test("accepts tokens while the list is down, goes by what it knew, and tells of it once", async () => {
    const { clock, list, state } = world();
    const failures: unknown[] = [];
    const check = createRevocationCheck({
      list,
      clock,
      onFailure: (failure) => failures.push(failure),
    });
    await check.add(session);
    state.isDown = true;

    const known = await check.isRevoked(principal);
    clock.time += 2000;
    const unknown = await check.isRevoked({ ...principal, sessionId: "session-2" });

    expect([known, unknown]).toEqual([true, false]);
    expect(failures).toHaveLength(1);
  });

  test("refuses tokens while the list is down, where it is told to, and takes them again after", async () => {
    const { clock, list, state } = world();
    const { isRevoked } = createRevocationCheck({ list, clock, whenUnavailable: "refuse" });
    state.isDown = true;

    await expect(isRevoked(principal)).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(() => isRevoked(principal)).toThrow("provider_unavailable");
    expect(state.reads).toBe(1);
    state.isDown = false;
    clock.time += 2000;
    expect(await isRevoked(principal)).toBe(false);
  });

  test("waits for a list that hangs no longer than it is told, and asks it anew after", async () => {
    const { clock, list } = world();
    let isHanging = true;
    const hanging: RevocationList = {
      add: list.add,
      read: (cursor) => (isHanging ? new Promise(() => undefined) : list.read(cursor)),
    };
    const { isRevoked } = createRevocationCheck({ list: hanging, clock, timeoutMs: 20 });

    expect(await isRevoked(principal)).toBe(false);
    isHanging = false;
    await list.add(session);
    clock.time += 2000;
    expect(await isRevoked(principal)).toBe(true);
  });

  test("reads ahead, once for all, while it answers from a copy that is fresh", async () => {
    const { clock, list, state } = world();
    const works: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => void works.push(work);
    const { isRevoked } = createRevocationCheck({ list, clock, waitUntil });
    await isRevoked(principal);
    await list.add(session);
    clock.time += 1000;

    const answers = Array.from({ length: 100 }, () => isRevoked(principal));
    await Promise.all(works);

    expect(new Set(answers)).toEqual(new Set([false]));
    expect(state.reads).toBe(2);
    expect(isRevoked(principal)).toBe(true);
  });

  test("refuses no token over an outage that its copy is young enough for, and tells nobody", async () => {
    const { clock, list, state } = world();
    const told: unknown[] = [];
    const check = createRevocationCheck({
      list,
      clock,
      maxStaleMs: 5000,
      whenUnavailable: "refuse",
      onFailure: (failure) => told.push(failure),
      onRecovery: () => told.push("recovered"),
    });
    const ask = async () => check.isRevoked(principal);
    await ask();
    state.isDown = true;

    clock.time += 4999;
    const during = await ask();
    const toldDuring = [...told];
    clock.time += 2000;
    await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable" });
    const toldAfter = [...told];
    state.isDown = false;
    clock.time += 2000;
    const after = await ask();

    expect([during, after]).toEqual([false, false]);
    expect(toldDuring).toEqual([]);
    expect(toldAfter).toEqual([expect.objectContaining({ message: "the list is down" })]);
    expect(told.slice(1)).toEqual(["recovered"]);
  });

  test("answers without waiting while the list is down and tokens come all the time", async () => {
    const { clock, list, state } = world();
    const { isRevoked } = createRevocationCheck({ list, clock });
    state.isDown = true;
    await isRevoked(principal);

    const answers = [];
    for (let tick = 0; tick < 50; tick += 1) {
      clock.time += 400;
      answers.push(isRevoked(principal));
      await setImmediate();
    }

    expect(new Set(answers)).toEqual(new Set([false]));
    expect(state.reads).toBeLessThan(25);
  });

  test("keeps no more than it has room for, and counts as unavailable until what it lost is over", async () => {
    const { clock, list } = world();
    const failures: unknown[] = [];
    const check = createRevocationCheck({
      list,
      clock,
      maxEntries: 10,
      whenUnavailable: "refuse",
      onFailure: (failure) => failures.push(failure),
    });
    for (let count = 1; count <= 11; count += 1)
      await list.add({ ...session, sessionId: `session-${count}` });

    const last = await check.isRevoked({ ...principal, sessionId: "session-11" });

    expect(last).toBe(true);
    expect(() => check.isRevoked(principal)).toThrow("provider_unavailable");
    expect(failures).toHaveLength(1);
    clock.time = (until + 61) * 1000;
    expect(await check.isRevoked(principal)).toBe(false);
  });

  test("knows nothing of what could not be added, so that it can be tried again", async () => {
    const { clock, list } = world();
    const failing = { ...list, add: () => Promise.reject(new Error("the list is down")) };
    const check = createRevocationCheck({ list: failing, clock });

    await expect(check.add(session)).rejects.toThrow("the list is down");

    expect(await check.isRevoked(principal)).toBe(false);
  });

  test("reads again when the clock is set back", async () => {
    const { clock, list } = world();
    const { isRevoked } = createRevocationCheck({ list, clock });
    await isRevoked(principal);
    await list.add(session);

    clock.time -= 3_600_000;

    expect(await isRevoked(principal)).toBe(true);
  });

  test("is unavailable from its greatest age on, while the list is down", async () => {
    const { clock, list, state } = world();
    const check = createRevocationCheck({ list, clock, whenUnavailable: "refuse" });
    const ask = async () => check.isRevoked(principal);
    await ask();
    state.isDown = true;

    clock.time += 9999;
    expect(await ask()).toBe(false);
    clock.time += 1;

    await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable" });
  });

  test("is unavailable for no age alone, where nothing failed", async () => {
    const { clock, list } = world();
    const { isRevoked } = createRevocationCheck({
      list,
      clock,
      maxAgeMs: 10_000,
      maxStaleMs: 100,
      whenUnavailable: "refuse",
    });
    await isRevoked(principal);

    clock.time += 4000;

    expect(isRevoked(principal)).toBe(false);
  });

  test("is unavailable while its copy is of the future and the list is down", async () => {
    const { clock, list, state } = world();
    const check = createRevocationCheck({ list, clock, whenUnavailable: "refuse" });
    const ask = async () => check.isRevoked(principal);
    await ask();
    state.isDown = true;

    clock.time -= 1;
    await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable" });
    clock.time += 1;

    expect(await ask()).toBe(false);
  });

  test("is unavailable for want of room until the second in which what it lost is over", async () => {
    const { clock, list } = world();
    const check = createRevocationCheck({ list, clock, maxEntries: 1, whenUnavailable: "refuse" });
    const ask = async () => check.isRevoked({ ...principal, sessionId: "session-3" });
    await check.add(session);
    await check.add({ ...session, sessionId: "session-2", until: until - 1 });

    clock.time = until * 1000 - 1;
    await expect(ask()).rejects.toMatchObject({ code: "provider_unavailable" });
    clock.time += 1;

    expect(await ask()).toBe(false);
  });

  test("writes back what a list has lost, again where it could not at first", async () => {
    const { clock } = world();
    const kept = { revocations: [] as Revocation[], isReadOnly: false };
    const told: number[] = [];
    const works: Promise<unknown>[] = [];
    const check = createRevocationCheck({
      list: {
        async add(revocation) {
          if (kept.isReadOnly) throw new Error("the list cannot be written to");
          kept.revocations.push(revocation);
        },
        read: async (cursor) => ({
          revocations: kept.revocations,
          cursor: "read",
          isWhole: cursor !== "read" || kept.revocations.length === 0,
        }),
      },
      clock,
      onRestored: (count) => told.push(count),
      waitUntil: (work) => void works.push(work),
    });
    await check.add(session);
    await check.add(user);

    kept.revocations = [];
    for (const isReadOnly of [true, false, false]) {
      kept.isReadOnly = isReadOnly;
      clock.time += 2000;
      await check.isRevoked(principal);
      await Promise.all(works);
    }

    expect(told).toEqual([2]);
    expect(kept.revocations).toEqual([session, user]);
  });

  test("writes nothing back to a list that does not say that it gave everything", async () => {
    const { clock } = world();
    const told: number[] = [];
    const check = createRevocationCheck({
      list: { add: async () => undefined, read: async () => ({ revocations: [], cursor: "" }) },
      clock,
      onRestored: (count) => told.push(count),
    });
    await check.add(session);

    clock.time += 2000;
    await check.isRevoked(principal);

    expect(told).toEqual([]);
  });
});
