import { describe, expect, test } from "vitest";
import { outcomeOf, outcomesOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";
import { ada, createDatabaseFile, newPassword } from "../support.ts";

const quarterHour = 900;

describe("a lock of Better Auth", () => {
  test("lasts 2^(n-5) seconds from the fifth guess on, up to 15 minutes", async () => {
    const { lockout, clock } = await startGuards();
    const guess = () => lockout.admit("ada", "password");
    await outcomesOf(4, guess);

    const locks: string[] = [];
    for (let guesses = 5; guesses < 18; guesses += 1) {
      expect(await outcomeOf(guess())).toBe("done");
      const refused = await outcomeOf(guess());
      locks.push(refused.replace("too_many_attempts for ", ""));
      clock.advance(Number.parseInt(locks.at(-1) ?? "", 10));
    }

    const seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900];
    expect(locks).toEqual(seconds.map((second) => `${second} s`));
  });

  test("is not forgotten as it ends: the next guess locks for twice as long", async () => {
    const { lockout, clock } = await startGuards();
    const guess = () => lockout.admit("ada", "password");
    await outcomesOf(5, guess);
    clock.advance(quarterHour);

    expect(await outcomesOf(2, guess)).toEqual(["done", "too_many_attempts for 2 s"]);
  });

  test("is forgotten fifteen minutes after its end, and no sooner for guesses during it", async () => {
    const { lockout, clock } = await startGuards();
    const guess = () => lockout.admit("ada", "password");
    await outcomesOf(9, guess);

    clock.advance(1 + quarterHour);

    expect(await outcomesOf(5, guess)).toEqual(Array(5).fill("done"));
  });

  test("is of one account and one kind of guess, and ends with a right one", async () => {
    const { lockout, clock } = await startGuards();
    await outcomesOf(5, () => lockout.admit("ada", "password"));

    expect(await outcomeOf(lockout.admit("bob", "password"))).toBe("done");
    expect(await outcomeOf(lockout.admit("ada", "totp"))).toBe("done");
    expect(await outcomeOf(lockout.admit("ada", "password"))).toBe("too_many_attempts for 1 s");
    await lockout.forgive("ada", "password");
    expect(await outcomesOf(5, () => lockout.admit("ada", "password"))).toEqual(
      Array(5).fill("done"),
    );
    clock.advance(1);
    await lockout.forgive("ada", "totp");
    expect(await outcomesOf(2, () => lockout.admit("ada", "password"))).toEqual([
      "done",
      "too_many_attempts for 2 s",
    ]);
  });
});

test("nobody is locked out where whoever calls limits guesses", async () => {
  const database = await createDatabaseFile();
  const { identity } = database.start({ passwordLockout: false });
  await identity.signUp(ada);
  await identity.confirmSignUp({ username: ada.username, code: database.lastCode() });
  const guess = () => identity.signIn({ username: ada.username, password: newPassword });

  const outcomes = await outcomesOf(30, guess);

  expect(new Set(outcomes)).toEqual(new Set(["invalid_credentials"]));
  expect((await identity.signIn(ada)).status).toBe("signed_in");
});
