import { describe, expect, it } from "vitest";
import { withProvenContact } from "../../../../src/adapters/memory/codes/one-time-codes.ts";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { maxExpendableEntries } from "../../../../src/adapters/memory/store/expiring-map.ts";
import {
  ada,
  adjustableClock,
  createOpenProvider,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomesOf,
  reasonFor,
  signingKeys,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
} from "../support.ts";

const hour = 3600;
const day = 24 * hour;

describe("a sign-up code", () => {
  it.each([
    ["the last second of its day", day - 1, "done"],
    ["the end of its day", day, "code_expired"],
  ])("at %s", async (_, seconds, outcome) => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    const code = lastCode(provider, ada.username);

    provider.clock.advance(seconds);

    const [confirmed] = await outcomesOf(1, () =>
      provider.identity.confirmSignUp({ ...ada, code }),
    );
    expect(confirmed).toBe(outcome);
  });

  it("is refused after five wrong ones until a new one is sent", async () => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    const code = lastCode(provider, ada.username);

    const wrong = await confirmTimes(provider, 5, otherCode(code));
    const right = await confirmTimes(provider, 1, code);
    await provider.identity.resendConfirmation(ada);
    const renewed = await confirmTimes(provider, 1, lastCode(provider, ada.username));

    expect(wrong).toEqual(Array(5).fill("code_mismatch"));
    expect(right).toEqual([`too_many_attempts for ${day} s`]);
    expect(renewed).toEqual(["done"]);
  });

  it("is said to be too old and no longer refused as guessed at once it is dead", async () => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    await confirmTimes(provider, 5, otherCode(lastCode(provider, ada.username)));

    provider.clock.advance(day);

    expect(await confirmTimes(provider, 1, "123456")).toEqual(["code_expired"]);
  });

  it("dies in its time though it was guessed at in the meantime", async () => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    const code = lastCode(provider, ada.username);
    provider.clock.advance(hour);
    await confirmTimes(provider, 1, otherCode(code));

    provider.clock.advance(day - hour);

    expect(await confirmTimes(provider, 1, code)).toEqual(["code_expired"]);
  });

  it("can be repeated by whoever used it, which counts as no guess", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const code = lastCode(provider, ada.username);

    const repeated = await confirmTimes(provider, 20, code);

    expect(new Set(repeated)).toEqual(new Set(["already_confirmed"]));
  });

  it("is replaced at most five times an hour", async () => {
    const { identity, clock } = createProvider();
    await identity.signUp(ada);
    clock.advance(10);

    const resends = await outcomesOf(6, () => identity.resendConfirmation(ada));
    clock.advance(hour);
    const later = await outcomesOf(1, () => identity.resendConfirmation(ada));

    expect(resends).toEqual([...Array(5).fill("done"), `too_many_attempts for ${hour} s`]);
    expect(later).toEqual(["done"]);
  });

  it("can be guessed at 15 times an hour, however many are sent", async () => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    for (const _ of ["first", "second", "third"]) {
      await confirmTimes(provider, 5, otherCode(lastCode(provider, ada.username)));
      await provider.identity.resendConfirmation(ada);
    }
    const code = lastCode(provider, ada.username);

    const refused = await confirmTimes(provider, 1, code);
    provider.clock.advance(hour);
    const accepted = await confirmTimes(provider, 1, code);

    expect(refused).toEqual([`too_many_attempts for ${hour} s`]);
    expect(accepted).toEqual(["done"]);
  });
});

describe("a reset code", () => {
  it.each([
    ["the last second of its hour", hour - 1, "done"],
    ["the end of its hour", hour, "code_expired"],
  ])("at %s", async (_, seconds, outcome) => {
    const provider = createProvider();
    const code = await startReset(provider);

    provider.clock.advance(seconds);

    expect(await resetTimes(provider, 1, code)).toEqual([outcome]);
  });

  it("is refused after five wrong ones until a new one is sent", async () => {
    const provider = createProvider();
    const code = await startReset(provider);

    const wrong = await resetTimes(provider, 5, otherCode(code));
    const right = await resetTimes(provider, 1, code);
    await provider.identity.startPasswordReset(ada);
    const renewed = await resetTimes(
      provider,
      1,
      lastCode(provider, ada.username, "password_reset"),
    );

    expect(wrong).toEqual(Array(5).fill("code_mismatch"));
    expect(right).toEqual([`too_many_attempts for ${hour} s`]);
    expect(renewed).toEqual(["done"]);
  });

  it("shares twenty tries an hour with asking for one", async () => {
    const provider = createProvider();
    const code = await startReset(provider);
    await resetTimes(provider, 4, otherCode(code));
    const asked = await outcomesOf(16, () => provider.identity.startPasswordReset(ada));

    const latest = lastCode(provider, ada.username, "password_reset");

    expect(asked.slice(-2)).toEqual(["done", `too_many_attempts for ${hour} s`]);
    expect(await resetTimes(provider, 1, latest)).toEqual([`too_many_attempts for ${hour} s`]);
  });

  it("is sent to a proven address only", async () => {
    const { identity, outbox } = createProvider();
    await identity.signUp(ada);

    const outcomes = await outcomesOf(1, () => identity.startPasswordReset(ada));

    expect(outcomes).toEqual(["recovery_unavailable"]);
    expect(outbox.messagesFor(ada.username)).toHaveLength(1);
  });
});

describe("the limits of an account", () => {
  it("let a password be changed five times an hour", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const change = () =>
      provider.identity.changePassword({
        accessToken,
        currentPassword: ada.password,
        newPassword: ada.password,
      });

    const changes = await outcomesOf(6, change);
    provider.clock.advance(hour - 1);
    const early = await outcomesOf(1, change);

    expect(changes).toEqual([...Array(5).fill("done"), `too_many_attempts for ${hour} s`]);
    expect(early).toEqual(["too_many_attempts for 1 s"]);
  });

  it("are those that the provider is set up with", async () => {
    const provider = createProvider({
      limits: { wrongTriesPerCode: 1, resendsPerHour: 1 },
      codeSeconds: { signUpConfirmation: 60 },
    });
    await provider.identity.signUp(ada);

    const wrong = await confirmTimes(provider, 2, otherCode(lastCode(provider, ada.username)));
    const resends = await outcomesOf(2, () => provider.identity.resendConfirmation(ada));

    expect(wrong).toEqual(["code_mismatch", "too_many_attempts for 60 s"]);
    expect(resends).toEqual(["done", `too_many_attempts for ${hour} s`]);
  });
});

describe("the store of codes", () => {
  const account = { key: "ada", user: undefined };
  const target = { contact: "email", address: ada.username } as const;
  const purpose = "verify_email";

  function start() {
    const clock = adjustableClock();
    const { codes } = createEngine({ clock, hashIterations: 1, signingKeys });
    return { clock, codes };
  }

  it("counts no right code as a guess, however many are sent", async () => {
    const { codes } = start();
    const outcomes: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const code = await codes.issue(account, purpose, target);
      outcomes.push((await codes.attempt(account, purpose, code)).outcome);
      await codes.spend(account, purpose);
    }

    expect(outcomes).toEqual(Array(20).fill("match"));
  });

  it("leaves the right code good for as many wrong ones as before, until it is spent", async () => {
    const { codes } = start();
    const code = await codes.issue(account, purpose, target);
    const attempt = async (text: string) => (await codes.attempt(account, purpose, text)).outcome;
    const outcomes: string[] = [];
    for (let times = 0; times < 4; times += 1)
      outcomes.push(await attempt(code), await attempt(otherCode(code)));

    outcomes.push(await attempt(code));

    const pairs = Array(4).fill(["match", "mismatch"]).flat();
    expect(outcomes).toEqual([...pairs, "match"]);
  });

  it("forgets wrong ones a code's life after the first of them", async () => {
    const { clock, codes } = start();
    const code = await codes.issue(account, purpose, target);
    const attempt = () => codes.attempt(account, purpose, otherCode(code));
    clock.advance(10);
    await attempt();
    clock.advance(10);

    const ends = await outcomesOf(5, attempt);

    expect(ends).toEqual([...Array(4).fill("done"), `too_many_attempts for ${day - 10} s`]);
  });

  it("counts wrong ones alike where none was sent, until another is asked for", async () => {
    const { codes } = start();
    const attempt = () => codes.attempt(account, purpose, "123456");
    const ends = await outcomesOf(6, attempt);
    await codes.issueNone(account, purpose);

    expect(ends).toEqual([...Array(5).fill("done"), `too_many_attempts for ${day} s`]);
    expect(await outcomesOf(1, attempt)).toEqual(["done"]);
  });

  it.each(["verify_email", "verify_phone_number"] as const)(
    "keeps one to %s for a day, and has it guessed at fifteen times an hour",
    async (proof) => {
      const { clock, codes } = start();
      const first = await codes.issue(account, proof, target);
      clock.advance(day - 1);
      const last = await codes.attempt(account, proof, first);
      clock.advance(1);
      const late = await codes.attempt(account, proof, first);
      const ends: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const code = await codes.issue(account, proof, target);
        const wrong = () => codes.attempt(account, proof, otherCode(code));
        ends.push(...(await outcomesOf(4, wrong)));
      }

      expect([last.outcome, late.outcome]).toEqual(["match", "no_code"]);
      expect(ends).toEqual([
        ...Array(14).fill("done"),
        ...Array(2).fill(`too_many_attempts for ${hour} s`),
      ]);
    },
  );

  it("tells a spent one from others that are tried after it", async () => {
    const { codes } = start();
    const code = await codes.issue(account, purpose, target);
    await codes.spend(account, purpose);
    const attempt = async (text: string) => (await codes.attempt(account, purpose, text)).outcome;

    expect([await attempt(code), await attempt(otherCode(code))]).toEqual(["spent", "no_code"]);
  });

  it("keeps wrong ones for users, and for names that nobody has as long as there is room", async () => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    const { codes } = start();
    const known = { key: "known", user: provider.users.find(ada.username) };
    const attempt = (one: typeof known) => codes.attempt(one, purpose, "123456");
    for (const one of [known, account]) await outcomesOf(5, () => attempt(one));

    for (let index = 0; index < maxExpendableEntries; index += 1)
      await attempt({ key: `${index}`, user: undefined });

    expect(await outcomesOf(1, () => attempt(account))).toEqual(["done"]);
    expect(await outcomesOf(1, () => attempt(known))).toEqual([`too_many_attempts for ${day} s`]);
  });

  it("proves no address that is not the user's any more", async () => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    const user = provider.users.find(ada.username);
    if (!user) throw new Error("no such user");
    const former = { outcome: "match", ...target, address: "former@example.com" } as const;

    const proven = async () => withProvenContact(user, former);

    expect(await outcomesOf(1, proven)).toEqual(["code_expired"]);
    expect(await reasonFor(proven())).toBe("no_code");
  });

  it("has nothing to spend where none was sent", async () => {
    const { codes } = start();
    await codes.spend(account, purpose);
    await codes.issueNone(account, purpose);
    await codes.spend(account, purpose);

    expect(await codes.attempt(account, purpose, "123456")).toEqual({ outcome: "no_code" });
  });

  it("is as it was once a saved state comes back", async () => {
    const { codes } = start();
    const code = await codes.issue(account, purpose, target);
    const restore = codes.save();
    codes.forget(account);
    const forgotten = await codes.attempt(account, purpose, code);

    restore();

    expect(forgotten).toEqual({ outcome: "no_code" });
    expect(await codes.attempt(account, purpose, code)).toEqual({ outcome: "match", ...target });
  });
});

function confirmTimes({ identity }: TestProvider, times: number, code: string) {
  return outcomesOf(times, () => identity.confirmSignUp({ username: ada.username, code }));
}

function resetTimes({ identity }: TestProvider, times: number, code: string) {
  return outcomesOf(times, () =>
    identity.resetPassword({ username: ada.username, code, newPassword }),
  );
}

async function startReset(provider: TestProvider): Promise<string> {
  await signUpConfirmed(provider);
  await provider.identity.startPasswordReset(ada);
  return lastCode(provider, ada.username, "password_reset");
}
