import { describe, expect, it } from "vitest";
import { maxExpendableEntries } from "../../../../src/adapters/memory/store/expiring-map.ts";
import type { ChallengeAnswer } from "../../../../src/domain/challenge.ts";
import {
  ada,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  outcomesOf,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

describe("a flood of names that nobody has", () => {
  const stranger = "nobody@example.com";
  /** As many at a time as can wait for their hashes. */
  const wave = 250;

  async function flood(call: (username: string) => Promise<unknown>): Promise<void> {
    for (let from = 0; from < maxExpendableEntries; from += wave) {
      const names = Array.from({ length: wave }, (_, index) => `${from + index}@x.example`);
      await Promise.allSettled(names.map(call));
    }
  }

  it("makes the provider forget the locks of such names, and of no user", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const fail = (username: string) =>
      provider.identity.signIn({ username, password: newPassword });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => fail(username));

    await flood(fail);

    expect(await outcomeOf(fail(stranger))).toBe("invalid_credentials");
    expect(await outcomeOf(fail(ada.username))).toBe("too_many_attempts for 1 s");
  });

  it("makes the provider forget the wrong codes for such names, and for no user", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);
    const fail = (username: string) => identity.confirmSignUp({ username, code: "abcdef" });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => fail(username));

    await flood(fail);

    expect(await outcomeOf(fail(stranger))).toBe("code_mismatch");
    expect(await outcomeOf(fail(ada.username))).toBe("too_many_attempts for 86400 s");
  });

  it("makes the provider forget the hours of such names, and of no user", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);
    const resend = (username: string) => identity.resendConfirmation({ username });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => resend(username));

    await flood(resend);

    expect(await outcomeOf(resend(stranger))).toBe("user_not_found");
    expect(await outcomeOf(resend(ada.username))).toBe("too_many_attempts for 3600 s");
  });

  it("makes the provider forget sign-ins that anyone can begin, and none that took a password", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const proven = await challengeOf(identity.signIn(ada), "email_code");
    const anyones = await challengeOf(identity.signIn({ username: stranger }), "select_factor");
    const code = lastCode(provider, ada.username, "mfa_code");
    const answer = (session: string, text: ChallengeAnswer) =>
      outcomeOf(identity.answerChallenge({ session, answer: text }));

    await flood((username) => identity.signIn({ username }));

    const forgotten = await answer(anyones.session, {
      type: "select_factor",
      factor: "email_code",
    });
    const kept = await answer(proven.session, { type: "email_code", code });
    expect([forgotten, kept]).toEqual(["challenge_expired", "done"]);
  });
});
