import type { SignInResult } from "../../../../src/domain/session.ts";
import { type BrokenProvider, breaking, fail, insteadOf, welcome } from "../broken-provider.ts";

export const brokenChallenges: readonly BrokenProvider[] = [
  {
    fault: "gives tokens along with a challenge",
    caughtBy: "challenges: an app's code ends the sign-in with the user's tokens",
    saying: "expected that no tokens come with a challenge, but that is not so",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        return result.status === "challenge" ? Object.assign(result, { tokens: {} }) : result;
      },
    })),
  },
  {
    fault: "does not say whose sign-in has ended",
    caughtBy: "challenges: an app's code ends the sign-in with the user's tokens",
    saying: "expected the name that it was begun with to be ",
    breakParts: breaking((identity) => ({
      async answerChallenge(input) {
        const result = await identity.answerChallenge(input);
        if (result.status === "challenge") return result;
        return { status: "signed_in", tokens: result.tokens };
      },
    })),
  },
  {
    fault: "takes a session twice",
    caughtBy: "challenges: an app's code spends the session",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "looks at the beginning of a session alone",
    caughtBy: "challenges: a sign-in code by mail opens no session that was invented or altered",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => {
      const sessions: string[] = [];
      return {
        async signIn(input) {
          const result = await identity.signIn(input);
          if (result.status === "challenge") sessions.push(result.challenge.session);
          return result;
        },
        answerChallenge({ session, answer }) {
          const known = sessions.find((other) => other.slice(0, 9) === session.slice(0, 9));
          return identity.answerChallenge({ session: known ?? session, answer });
        },
      };
    }),
  },
  {
    fault: "takes an answer to another challenge",
    caughtBy: "challenges: a password of one's own is asked for, and no other answer taken",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "waits for an answer for ever",
    caughtBy:
      "challenges: an answer of the operator's comes too late a day after the session began",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "gives up on a sign-in after a wrong code",
    caughtBy: "challenges: a second factor by mail is taken by the same session after a wrong one",
    saying: "expected a step to work, but it threw challenge_expired",
    breakParts: breaking((identity) => {
      const dead = new Set<string>();
      return {
        async answerChallenge(input) {
          if (dead.has(input.session)) return fail("challenge_expired");
          dead.add(input.session);
          return identity.answerChallenge(input);
        },
      };
    }),
  },
  {
    fault: "does not say what is wrong with a first password",
    caughtBy: "challenges: a password of one's own is taken by the same session after a wrong one",
    saying: "expected that the error has violations, but that is not so",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("password_policy_violation", identity.answerChallenge(input), ({ code }) =>
          fail(code),
        ),
    })),
  },
  {
    fault: "takes the code of another user",
    caughtBy: "challenges: a second factor by text message is of no use to another user",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "lets an answer that comes many times at once in each time",
    caughtBy: "concurrency: takes an app's code once of many times",
    saying: "expected one call to work, but 50 did: no error ×50",
    breakParts: breaking((identity) => {
      const answers = new Map<string, Promise<SignInResult>>();
      return {
        answerChallenge(input) {
          const given = answers.get(input.session) ?? identity.answerChallenge(input);
          answers.set(input.session, given);
          return given;
        },
      };
    }),
  },
  {
    fault: "lets codes of a sign-in be guessed for ever",
    caughtBy: "concurrency: hears few wrong answers where a sign-in code by mail is asked for",
    saying: "expected a limit to guessing, but: code_mismatch ×50",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("too_many_attempts", identity.answerChallenge(input), () =>
          fail("code_mismatch"),
        ),
    })),
  },
  {
    fault: "asks its question for ever",
    caughtBy: "custom challenges: refuse a user after the third wrong answer",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("invalid_credentials", identity.answerChallenge(input), () => ({
          status: "challenge",
          challenge: { type: "custom", session: "another", parameters: {} },
        })),
    })),
  },
  {
    fault: "sends no other code",
    caughtBy: "challenges: have their code sent again, in the place of the one before",
    saying: "expected that the code is another one, but that is not so",
    breakParts: breaking(() => ({ resendChallengeCode: async () => undefined })),
  },
];
