import { describe, expect, it } from "vitest";
import {
  ada,
  createProvider,
  newPassword,
  outcomeOf,
  outcomesOf,
  signIn,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
} from "../support.ts";

const quarterHour = 900;

function failSignIn({ identity }: TestProvider, username = ada.username) {
  return identity.signIn({ username, password: `${ada.password}x` });
}

describe.each([
  ["a user", ada.username],
  ["a name that nobody has", "nobody@example.com"],
])("wrong passwords for %s", (_, username) => {
  it("lock for 2^(n-5) seconds from the fifth on, up to 15 minutes", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(4, () => failSignIn(provider, username));

    const locks: string[] = [];
    for (let failures = 5; failures < 18; failures += 1) {
      expect(await outcomeOf(failSignIn(provider, username))).toBe("invalid_credentials");
      const refused = await outcomeOf(failSignIn(provider, username));
      locks.push(refused.replace("too_many_attempts for ", ""));
      provider.clock.advance(Number.parseInt(locks.at(-1) ?? "", 10));
    }

    const seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900];
    expect(locks).toEqual(seconds.map((second) => `${second} s`));
  });

  it("do not lengthen a lock that is on", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(5, () => failSignIn(provider, username));

    await outcomesOf(20, () => failSignIn(provider, username));
    provider.clock.advance(1);

    expect(await outcomeOf(failSignIn(provider, username))).toBe("invalid_credentials");
    expect(await outcomeOf(failSignIn(provider, username))).toBe("too_many_attempts for 2 s");
  });

  it("are forgotten after 15 minutes without any attempt or lock", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(9, () => failSignIn(provider, username));

    provider.clock.advance(1 + quarterHour);

    const outcomes = await outcomesOf(5, () => failSignIn(provider, username));
    expect(outcomes).toEqual(Array(5).fill("invalid_credentials"));
  });

  it("are not forgotten while attempts go on", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(5, () => failSignIn(provider, username));
    provider.clock.advance(quarterHour - 1);
    await failSignIn(provider, username).catch(() => undefined);

    provider.clock.advance(quarterHour - 1);

    expect(await outcomeOf(failSignIn(provider, username))).toBe("invalid_credentials");
    expect(await outcomeOf(failSignIn(provider, username))).toBe("too_many_attempts for 4 s");
  });
});

describe("a lock", () => {
  it("refuses the right password too, and is over in time", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(5, () => failSignIn(provider));

    const locked = await outcomeOf(signIn(provider));
    provider.clock.advance(1);
    const unlocked = await outcomeOf(signIn(provider));

    expect([locked, unlocked]).toEqual(["too_many_attempts for 1 s", "done"]);
  });

  it("is forgotten with the right password after it", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(5, () => failSignIn(provider));
    provider.clock.advance(1);
    await signIn(provider);

    const outcomes = await outcomesOf(5, () => failSignIn(provider));

    expect(outcomes).toEqual(Array(5).fill("invalid_credentials"));
  });

  it("holds for the address and the subject alike", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const [{ username: subject } = { username: "" }] = provider.outbox.messagesFor(ada.username);
    await outcomesOf(5, () => failSignIn(provider, subject));

    expect(await outcomeOf(failSignIn(provider, "ADA@example.com"))).toMatch("too_many_attempts");
  });

  it("counts wrong passwords given for a change", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    await outcomesOf(4, () => failSignIn(provider));
    const change = { accessToken, currentPassword: "wrong", newPassword };

    const fifth = await outcomeOf(provider.identity.changePassword(change));

    expect(fifth).toBe("invalid_credentials");
    expect(await outcomeOf(signIn(provider))).toBe("too_many_attempts for 1 s");
  });

  it("is one account's own", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    await outcomesOf(5, () => failSignIn(provider, "eve@example.com"));

    await signIn(provider);
  });
});

it("locks nobody out where whoever calls limits guesses", async () => {
  const provider = createProvider({ passwordLockout: false });
  await signUpConfirmed(provider);

  const outcomes = await outcomesOf(30, () => failSignIn(provider));

  expect(new Set(outcomes)).toEqual(new Set(["invalid_credentials"]));
  expect(await outcomeOf(signIn(provider))).toBe("done");
});
