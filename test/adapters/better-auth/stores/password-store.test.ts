import { describe, expect, test } from "vitest";
import type { PasswordHashing } from "../../../../src/adapters/better-auth/index.ts";
import type { Account } from "../../../../src/adapters/better-auth/stores/accounts.ts";
import { createPasswordStore } from "../../../../src/adapters/better-auth/stores/password-store.ts";
import { createWorkQueue } from "../../../../src/adapters/shared/work-queue.ts";
import { outcomeOf, outcomesOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";
import { quickHashing } from "../support.ts";

const password = "Correct-Horse-7";
const wrong = "Battery-Staple-8";
/** A password that NFKC makes another of. */
const wide = "Correct\uff0dHorse-7";
const stranger = { key: "nobody", user: undefined };

/** Starts the store with a user, and keeps what is hashed and compared. */
async function start(hashing: PasswordHashing = quickHashing) {
  const guards = await startGuards();
  const { users, lockout, digest } = guards;
  const verified: { readonly hash: string; readonly password: string }[] = [];
  const hashed: string[] = [];
  const hash = (plain: string) => {
    hashed.push(plain);
    return hashing.hash(plain);
  };
  const verify = (attempt: { readonly hash: string; readonly password: string }) => {
    verified.push(attempt);
    return hashing.verify(attempt);
  };
  const parts = { users, lockout, digest, queue: createWorkQueue({ atOnce: 1 }) };
  const store = createPasswordStore({ password: { hash, verify } }, parts);
  const subject = await guards.newUser("ada");
  await store.set(subject, await store.hash(password));
  const account = { key: subject, user: await users.get(subject) };
  const proveFor = async (whose: Account, typed: string) =>
    store.prove(whose, await store.tryOut(whose.user?.subject, typed));
  const prove = (typed: string) => outcomeOf(proveFor(account, typed));
  return { ...guards, store, account, subject, verified, hashed, prove, proveFor };
}

describe("passwords in Better Auth's table", () => {
  test("give their user to whoever knows them", async () => {
    const { account, prove, proveFor } = await start();

    expect(await proveFor(account, password)).toEqual(account.user);
    expect(await prove(wrong)).toBe("invalid_credentials");
  });

  test("cost a comparison more for nobody, which never fits", async () => {
    const { account, verified, proveFor } = await start({
      ...quickHashing,
      verify: async () => true,
    });
    await proveFor(account, password);

    const unknown = await outcomesOf(2, () => proveFor(stranger, password));
    const users = await outcomeOf(proveFor({ ...stranger, user: account.user }, password));

    expect([...unknown, users]).toEqual(["invalid_credentials", "invalid_credentials", "done"]);
    const [, first, second] = verified.map(({ hash }) => hash);
    // Of a password that nobody knows, hashed once as any other.
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(verified.map((attempt) => attempt.password)).toEqual(Array(4).fill(password));
  });

  test("of a user who has none fit nothing, whatever the hash says", async () => {
    const { users, newUser, rows, proveFor } = await start({
      ...quickHashing,
      verify: async () => true,
    });
    const subject = await newUser("bob");
    await rows.deleteMany({ model: "account", where: [{ field: "userId", value: subject }] });
    const account = { key: subject, user: await users.get(subject) };

    expect(await outcomeOf(proveFor(account, password))).toBe("invalid_credentials");
  });

  test("lock their account after wrong ones, which a right one makes forgotten", async () => {
    const { prove } = await start();
    await outcomesOf(4, () => prove(wrong));
    const right = await prove(password);
    const ends: string[] = [];
    while (ends.length < 6) ends.push(await prove(wrong));

    expect(right).toBe("done");
    expect(ends).toEqual([...Array(5).fill("invalid_credentials"), "too_many_attempts for 1 s"]);
    expect(await prove(password)).toBe("too_many_attempts for 1 s");
  });

  test("are not what another was encoded as, and no half of a character", async () => {
    const { store, subject, prove } = await start();
    await store.set(subject, await store.hash(wide));
    const encoded = Buffer.from(wide).toString("base64url");
    const ends = [await prove(wide), await prove(encoded), await prove(password)];
    await store.set(subject, await store.hash("\ufffd"));

    expect(ends).toEqual(["done", "invalid_credentials", "invalid_credentials"]);
    expect(await prove("\ud800")).toBe("invalid_credentials");
    expect(await prove("\ufffd")).toBe("done");
  });

  test("are hashed once, and those of elsewhere once more where Better Auth takes two for one", async () => {
    const { store, subject, users, hashed, prove } = await start();
    const ends: unknown[] = [];
    for (const typed of [password, wide]) {
      await store.set(subject, await store.hash(typed));
      hashed.length = 0;
      ends.push(await prove(typed), hashed.length);
      await users.setPasswordHash(subject, await quickHashing.hash(typed));
      ends.push(await prove(typed), hashed.length, await prove(typed), hashed.length);
    }

    // The first comparison of all hashes a password that nobody knows, to have something for strangers.
    const ofOneForm = ["done", 1, "done", 1, "done", 1];
    expect(ends).toEqual([...ofOneForm, "done", 0, "done", 1, "done", 1]);
  });

  test("have a stamp each that tells nothing of them", async () => {
    const { store, subject, users, digest } = await start();
    const before = await store.stampOf(subject);

    expect(await store.stampOf(subject)).toBe(before);
    expect(before).toBe(await digest(`password ${await users.passwordHash(subject)}`));
    await store.set(subject, await store.hash(wrong));
    expect(await store.stampOf(subject)).not.toBe(before);
  });
});
