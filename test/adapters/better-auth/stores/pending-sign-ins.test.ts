import { describe, expect, test } from "vitest";
import type { PendingSignIn } from "../../../../src/adapters/better-auth/stores/pending-sign-ins.ts";
import { outcomeOf, outcomesOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";

const pending: PendingSignIn = { type: "totp", username: "ada", key: "1", passwordStamp: "stamp" };

/** Starts the store with a sign-in that waits. */
async function start() {
  const guards = await startGuards();
  const session = await guards.pending.open(pending);
  const get = (given = session) => outcomeOf(guards.pending.get(given, "totp"));
  /** Seals what is in the session anew, with some of it changed. */
  const resealed = async (changes: object) =>
    guards.encrypt(JSON.stringify({ ...JSON.parse(await guards.decrypt(session)), ...changes }));
  return { ...guards, session, get, resealed };
}

describe("a sign-in that waits with Better Auth", () => {
  test("is found by its session and kind, any number of times", async () => {
    const { pending: store, session } = await start();

    expect(await store.get(session, "totp")).toEqual(pending);
    expect(await store.get(session, "totp")).toEqual(pending);
    expect(await outcomeOf(store.get(session, "email_code"))).toBe("challenge_expired");
  });

  test("waits for three minutes", async () => {
    const { pending: store, session, get, clock } = await start();
    clock.advance(179);
    const inTime = await get();
    clock.advance(1);

    expect([inTime, await get()]).toEqual(["done", "challenge_expired"]);
    expect(await outcomeOf(store.spend(session))).toBe("challenge_expired");
  });

  test("is spent once, and is worth nothing then, though another goes on", async () => {
    const { pending: store, session, get } = await start();
    const other = await store.open(pending);

    expect(await outcomesOf(2, () => store.spend(session))).toEqual(["done", "challenge_expired"]);
    expect(await get()).toBe("challenge_expired");
    expect(await get(other)).toBe("done");
  });

  test("is not found by a session that is spelt otherwise, or was invented", async () => {
    const { session, get } = await start();

    expect(await get(session.toUpperCase())).toBe("challenge_expired");
    expect(await get(`${session}00`)).toBe("challenge_expired");
    expect(await get("invented")).toBe("challenge_expired");
  });

  test("is not found in what Better Auth sealed for something else, nor under another id", async () => {
    const { encrypt, get, resealed } = await start();

    expect(await get(await resealed({}))).toBe("done");
    expect(await get(await resealed({ tag: "another" }))).toBe("challenge_expired");
    expect(await get(await resealed({ id: "another" }))).toBe("challenge_expired");
    expect(await get(await encrypt("not JSON"))).toBe("challenge_expired");
  });
});
