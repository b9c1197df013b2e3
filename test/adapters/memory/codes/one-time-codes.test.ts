import { describe, expect, it } from "vitest";
import {
  ada,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomesOf,
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
