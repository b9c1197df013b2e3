import type { SignInResult } from "../../../../src/domain/session.ts";
import { type BrokenProvider, breaking, fail, insteadOf, welcome } from "../broken-provider.ts";

/** Codes that are made for one sign-in or one user. */
const codes = [
  "an app's code",
  "a recovery code",
  "a second factor by mail",
  "a second factor by text message",
  "a sign-in code by mail",
  "a sign-in code by text message",
] as const;
const repeatable = [...codes, "a password of one's own"] as const;
const kinds = [...repeatable, "an answer of the operator's"] as const;

const takesAnySession = breaking((identity) => ({
  answerChallenge: (input) =>
    insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
}));

const takesAnyCode = breaking((identity) => ({
  answerChallenge: (input) =>
    insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
}));

const givesNoTokens = breaking((identity) => ({
  async answerChallenge(input) {
    await identity.answerChallenge(input);
    return welcome;
  },
}));

const givesUp = breaking((identity) => {
  const dead = new Set<string>();
  return {
    async answerChallenge(input) {
      if (dead.has(input.session)) return fail("challenge_expired");
      dead.add(input.session);
      return identity.answerChallenge(input);
    },
  };
});

const letsAllIn = breaking((identity) => {
  const answers = new Map<string, Promise<SignInResult>>();
  return {
    answerChallenge(input) {
      const given = answers.get(input.session) ?? identity.answerChallenge(input);
      answers.set(input.session, given);
      return given;
    },
  };
});

const hearsAll = breaking((identity) => ({
  answerChallenge: (input) => identity.answerChallenge(input).catch(() => fail("code_mismatch")),
}));

/** Providers that break the rules of every challenge, each tried on every kind of challenge. */
export const brokenChallengeKinds: readonly BrokenProvider[] = [
  ...kinds.flatMap((kind): readonly BrokenProvider[] => [
    {
      fault: `gives no tokens of the user's for ${kind}`,
      caughtBy: `challenges: ${kind} ends the sign-in with the user's tokens`,
      saying: "expected an ID token from the sign-in, but there is none",
      breakParts: givesNoTokens,
    },
    {
      fault: `takes ${kind} twice`,
      caughtBy: `challenges: ${kind} spends the session`,
      saying: "expected challenge_expired, but the call worked",
      breakParts: takesAnySession,
    },
    {
      fault: `takes ${kind} in any session`,
      caughtBy: `challenges: ${kind} opens no session that was invented or altered`,
      saying: "expected challenge_expired, but the call worked",
      breakParts: takesAnySession,
    },
    {
      fault: `takes anything for ${kind}`,
      caughtBy: `challenges: ${kind} is asked for, and no other answer taken`,
      saying: "expected challenge_expired, but the call worked",
      breakParts: takesAnySession,
    },
    {
      fault: `waits for ${kind} for ever`,
      caughtBy: `challenges: ${kind} comes too late a day after the session began`,
      saying: "expected challenge_expired, but the call worked",
      breakParts: takesAnySession,
    },
    {
      fault: `takes ${kind} as often as it comes at once`,
      caughtBy: `concurrency: takes ${kind} once of many times`,
      saying: "expected one call to work, but 50 did",
      breakParts: letsAllIn,
    },
  ]),
  ...repeatable.map(
    (kind): BrokenProvider => ({
      fault: `gives up on a sign-in where ${kind} was wrong`,
      caughtBy: `challenges: ${kind} is taken by the same session after a wrong one`,
      saying: "expected a step to work, but it threw challenge_expired",
      breakParts: givesUp,
    }),
  ),
  ...codes.flatMap((kind): readonly BrokenProvider[] => [
    {
      fault: `takes ${kind} of another user`,
      caughtBy: `challenges: ${kind} is of no use to another user`,
      saying: "expected code_mismatch, but the call worked",
      breakParts: takesAnyCode,
    },
    {
      fault: `lets ${kind} be guessed for ever`,
      caughtBy: `concurrency: hears few wrong answers where ${kind} is asked for`,
      saying: "expected a limit to guessing, but: code_mismatch ×50",
      breakParts: hearsAll,
    },
  ]),
];
