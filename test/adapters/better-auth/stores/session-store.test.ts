import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../memory/support.ts";
import { refreshSeconds, startGuards } from "../guards-support.ts";

const day = 24 * 3600;

/** Starts the store with two sessions of Ada's and one of Bob's. */
async function start() {
  const guards = await startGuards();
  const [ada, bob] = [await guards.newUser("ada"), await guards.newUser("bob")];
  const [first, second] = [await guards.sessions.begin(ada), await guards.sessions.begin(ada)];
  const other = await guards.sessions.begin(bob);
  const count = () => guards.rows.count({ model: "session" });
  const isAlive = () =>
    Promise.all([
      guards.sessions.isAlive(first.session.id, ada),
      guards.sessions.isAlive(second.session.id, ada),
      guards.sessions.isAlive(other.session.id, bob),
    ]);
  return { ...guards, ada, bob, first, second, other, count, isAlive };
}

describe("a session with Better Auth", () => {
  test("is found by its refresh token to the last second of its life", async () => {
    const { sessions, first, clock, ada } = await start();
    const begun = { id: first.session.id, subject: ada, createdAt: clock.now() };
    expect(first.session).toEqual({ ...begun, lastActiveAt: clock.now() });
    clock.advance(refreshSeconds - 1);

    expect(await sessions.find(first.refreshToken)).toEqual(first.session);
    clock.advance(1);
    expect(await sessions.find(first.refreshToken)).toBeUndefined();
  });

  test("is not found by a token without its tag, with another's, or with more", async () => {
    const { sessions, first, second, other } = await start();
    const [token, tag] = first.refreshToken.split(".");
    const [, otherTag] = other.refreshToken.split(".");

    expect(first.refreshToken).not.toBe(second.refreshToken);
    for (const invented of ["", token, `${token}.`, `${token}.${otherTag}`, `${token}.${tag}.`])
      expect(await sessions.find(invented ?? "")).toBeUndefined();
  });

  test("is not found by a token of the right form that nobody has", async () => {
    const { sessions, first, rows, ada } = await start();
    await rows.deleteMany({ model: "session", where: [{ field: "userId", value: ada }] });

    expect(await sessions.find(first.refreshToken)).toBeUndefined();
  });

  test("goes on, which is known by when it was last active, for as long as it has not ended", async () => {
    const { sessions, first, second, clock, ada } = await start();
    clock.advance(10);

    await sessions.goOn(first.session);
    const found = await sessions.find(first.refreshToken);
    await sessions.end(first.session.id, ada);

    expect(found).toEqual({ ...first.session, lastActiveAt: clock.now() });
    expect(await sessions.find(second.refreshToken)).toEqual(second.session);
    expect(await outcomeOf(sessions.goOn(first.session))).toBe("invalid_refresh_token");
    expect(await outcomeOf(sessions.goOn(second.session))).toBe("done");
  });

  test("is ended by its user alone", async () => {
    const { sessions, first, isAlive, ada, bob } = await start();
    const { id } = first.session;

    expect(await sessions.end(id, bob)).toBe(false);
    expect(await sessions.end("unknown", ada)).toBe(false);
    expect(await isAlive()).toEqual([true, true, true]);
    expect(await sessions.end(id, ada)).toBe(true);
    expect(await isAlive()).toEqual([false, true, true]);
    expect(await sessions.find(first.refreshToken)).toBeUndefined();
    // Whoever repeats it is told the same.
    expect(await sessions.end(id, ada)).toBe(true);
  });

  test("is good for its own user alone", async () => {
    const { sessions, first, ada, bob } = await start();

    expect(await sessions.isAlive(first.session.id, bob)).toBe(false);
    expect(await sessions.isAlive("unknown", ada)).toBe(false);
  });

  test("ends with all of its user", async () => {
    const { sessions, first, other, isAlive, ada } = await start();

    await sessions.endAll(ada);

    expect(await isAlive()).toEqual([false, false, true]);
    expect(await sessions.find(first.refreshToken)).toBeUndefined();
    expect(await sessions.find(other.refreshToken)).toEqual(other.session);
  });

  test("ends with all of its user but one, which names those that had not ended", async () => {
    const { sessions, first, second, isAlive, ada } = await start();
    const third = await sessions.begin(ada);
    await sessions.end(third.session.id, ada);

    const ended = await sessions.endAllBut(ada, second.session.id);

    expect(ended).toEqual([first.session.id]);
    expect(await isAlive()).toEqual([false, true, true]);
    expect(await sessions.endAllBut(ada, undefined)).toEqual([second.session.id]);
    expect(await isAlive()).toEqual([false, false, true]);
  });

  test("that ended is known for thirty days, and forgotten when its user signs in again", async () => {
    const { sessions, first, clock, count, ada } = await start();
    await sessions.end(first.session.id, ada);
    clock.advance(30 * day);
    await sessions.begin(ada);
    const kept = await count();
    clock.advance(1);

    await sessions.begin(ada);

    // Those that were not ended were over an hour later, and Bob's is swept when Bob signs in.
    expect([kept, await count()]).toEqual([4, 4]);
    expect(await sessions.end(first.session.id, ada)).toBe(false);
  });
});
