import { describe, expect, it } from "vitest";
import {
  createRevocationCheck,
  type RevocationCheckOptions,
} from "../../../../src/adapters/jwt/index.ts";
import { createMemoryRevocationList } from "../../../../src/adapters/memory/index.ts";
import type { UserPrincipal } from "../../../../src/domain/principal.ts";
import type { SessionRevocation, UserRevocation } from "../../../../src/domain/revocation.ts";
import type { RevocationList, TokenOwner } from "../../../../src/ports/index.ts";
import { adjustableClock, issuer, nowSeconds } from "../token-signer.ts";

const until = nowSeconds + 86_400;

function principal(name: string | number): UserPrincipal {
  const times = { issuedAt: nowSeconds - 10, expiresAt: until };
  const who = { kind: "user", issuer, clientId: "client-1", username: "ada" } as const;
  return {
    ...who,
    ...times,
    sessionId: `session-${name}`,
    subject: `subject-${name}`,
    groups: [],
    scopes: [],
  };
}

const ofSession = (name: string | number): SessionRevocation => ({
  kind: "session",
  issuer,
  sessionId: `session-${name}`,
  until,
});

const ofUser = (name: string | number): UserRevocation => ({
  kind: "user",
  issuer,
  subject: `subject-${name}`,
  issuedUntil: nowSeconds,
  until,
});

const room = 10;

/** A check with room for ten sessions and ten users, of a list that counts the questions. */
async function world(revoked: number, options: Partial<RevocationCheckOptions> = {}) {
  const clock = adjustableClock();
  const memory = createMemoryRevocationList(clock);
  const state = { isDown: false, hangs: false, asked: [] as TokenOwner[], reads: 0 };
  const told: unknown[] = [];
  const list: RevocationList = {
    add: memory.add,
    async read(cursor) {
      state.reads += 1;
      if (state.isDown) throw new Error("the list is down");
      return memory.read(cursor);
    },
    async find(owner) {
      state.asked.push(owner);
      if (state.hangs) return new Promise(() => undefined);
      if (state.isDown) throw new Error("the list is down");
      return memory.find?.(owner) ?? [];
    },
  };
  for (let name = 1; name <= revoked; name += 1) await list.add(ofSession(name));
  const check = createRevocationCheck({
    list,
    clock,
    maxEntries: room,
    whenUnavailable: "refuse",
    onFailure: (failure) => told.push(failure),
    onRecovery: () => told.push("recovered"),
    onFilling: (entries, maxEntries) => told.push([entries, maxEntries]),
    ...options,
  });
  return { clock, list, state, told, ...check };
}

/** The warnings about a copy that becomes full by being read at once. */
const full = [room, room];

describe("a copy that has no room for all of the list", () => {
  it("takes tokens and refuses revoked ones, those that it has no room for as well", async () => {
    const { isRevoked } = await world(room + 5);
    await isRevoked(principal("none"));

    const answers = [1, 5, 6, room + 5, "none"].map((name) => isRevoked(principal(name)));

    expect(await Promise.all(answers)).toEqual([true, true, true, true, false]);
  });

  it("asks about what it does not know alone, and about that once for all who come", async () => {
    const { isRevoked, state } = await world(room + 5);
    await isRevoked(principal(room));
    expect(isRevoked(principal(room))).toBe(true);
    expect(state.asked).toEqual([]);

    const answers = Array.from({ length: 50 }, () => isRevoked(principal("none")));

    expect(await Promise.all(answers)).toEqual(answers.map(() => false));
    const { subject, sessionId } = principal("none");
    expect(state.asked).toEqual([{ issuer, subject, sessionId }]);
  });

  it("answers without a promise what it asked lately, and asks again after", async () => {
    const { isRevoked, state, clock, list } = await world(room + 5);
    await isRevoked(principal("none"));
    clock.time += 900;

    expect(isRevoked(principal("none"))).toBe(false);
    for (let name = 0; name < room; name += 1) await list.add(ofSession(`late-${name}`));
    await list.add(ofSession("none"));
    for (let name = 0; name < room; name += 1) await list.add(ofSession(`later-${name}`));
    clock.time += 2000;

    expect(await isRevoked(principal("none"))).toBe(true);
    expect(state.asked).toHaveLength(2);
  });

  it("asks nothing while it has room, and answers without a promise", async () => {
    const { isRevoked, state } = await world(room);
    await isRevoked(principal("none"));

    expect([isRevoked(principal(1)), isRevoked(principal("none"))]).toEqual([true, false]);
    expect(state.asked).toEqual([]);
  });

  it("asks nothing any more once what it has no room for is over", async () => {
    const { isRevoked, state, clock } = await world(room + 5);
    await isRevoked(principal("none"));
    const asked = state.asked.length;
    clock.time = until * 1000;
    await isRevoked(principal("none"));

    expect(isRevoked(principal("none"))).toBe(false);
    expect(state.asked).toHaveLength(asked);
  });

  it("asks for users as for sessions, and takes their later tokens", async () => {
    const { isRevoked, add } = await world(0);
    for (let name = 0; name <= room; name += 1) await add(ofUser(name));

    const later = { ...principal(0), issuedAt: nowSeconds + 1 };

    expect(await isRevoked(principal(0))).toBe(true);
    expect(isRevoked(later)).toBe(false);
  });

  it("goes by what is added through it at once, whatever it was told before", async () => {
    const { isRevoked, add } = await world(room + 5);
    expect(await isRevoked(principal("one"))).toBe(false);

    await add(ofSession("one"));
    for (let name = 0; name < room; name += 1) await add(ofSession(`more-${name}`));

    expect(await isRevoked(principal("one"))).toBe(true);
  });

  it("goes by what it was told while the list is down, for as long as by a copy, and refuses others", async () => {
    const { isRevoked, state, clock, told } = await world(room + 5);
    for (const name of [1, "none"]) await isRevoked(principal(name));
    state.isDown = true;
    clock.time += 2000;

    const during = [1, "none"].map((name) => isRevoked(principal(name)));
    expect(await Promise.all(during)).toEqual([true, false]);
    expect(() => isRevoked(principal("other"))).toThrow("provider_unavailable");
    expect(told).toEqual([full, expect.objectContaining({ message: "the list is down" })]);

    clock.time += 9000;
    await expect(isRevoked(principal("none"))).rejects.toMatchObject({
      code: "provider_unavailable",
    });
    state.isDown = false;
    clock.time += 2000;
    expect(await isRevoked(principal("none"))).toBe(false);
    expect(told.slice(2)).toEqual(["recovered"]);
  });

  it("takes tokens while the list is down where it is told to, and makes few wait", async () => {
    const { isRevoked, state, clock } = await world(room + 5, {
      whenUnavailable: "accept",
      timeoutMs: 20,
    });
    await isRevoked(principal("none"));
    state.hangs = true;
    clock.time += 900;

    expect(await isRevoked(principal("other"))).toBe(false);

    expect(isRevoked(principal("another"))).toBe(false);
    expect(isRevoked(principal(room + 5))).toBe(true);
    expect(state.asked).toHaveLength(2);
  });

  it("asks anew where a question was asked that nobody answers", async () => {
    const { isRevoked, state, clock } = await world(room + 5, { timeoutMs: 50 });
    await isRevoked(principal("none"));
    state.hangs = true;
    const lost = Promise.resolve(isRevoked(principal("other")));
    lost.catch(() => undefined);
    state.hangs = false;
    clock.time += 50;

    expect(await isRevoked(principal("other"))).toBe(false);
  });

  it("counts as unavailable where the list cannot be asked", async () => {
    const { list, clock } = await world(room + 5);
    const { isRevoked } = createRevocationCheck({
      list: { add: list.add, read: list.read },
      clock,
      maxEntries: room,
      whenUnavailable: "refuse",
    });
    expect(await isRevoked(principal(room + 5))).toBe(true);

    expect(() => isRevoked(principal("none"))).toThrow("provider_unavailable");
  });
});

describe("a copy that fills", () => {
  it("tells once that it is nearly full, and once that it is full", async () => {
    const { told, add } = await world(0);
    for (let name = 1; name <= room + 5; name += 1) await add(ofSession(name));

    expect(told).toEqual([
      [8, room],
      [room, room],
    ]);
  });

  it("tells by the users or the sessions, whichever are more", async () => {
    const { told, add } = await world(7);
    for (let name = 1; name <= 8; name += 1) await add(ofUser(name));

    expect(told).toEqual([[8, room]]);
  });

  it("tells again after there was room", async () => {
    const { told, add, clock, isRevoked } = await world(0);
    for (let name = 1; name <= 8; name += 1)
      await add({ ...ofSession(name), until: nowSeconds + 60 });
    clock.time += 61_000;
    await isRevoked(principal("none"));
    for (let name = 1; name <= 8; name += 1) await add(ofSession(name));

    expect(told).toEqual([
      [8, room],
      [8, room],
    ]);
  });
});
