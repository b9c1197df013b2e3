import type { SignInResult } from "../../../../src/domain/session.ts";
import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

/** Tells where a code went, another way for each sign-in. */
function telling(destinationOf: (username: string) => string): BrokenProvider["breakParts"] {
  return breaking((identity) => ({
    async signIn(input) {
      const result = await identity.signIn(input);
      if (result.status !== "challenge") return result;
      const { challenge } = result;
      if (challenge.type !== "email_code" && challenge.type !== "sms_code") return result;
      const destination = destinationOf(input.username);
      const medium = challenge.type === "sms_code" ? "sms" : "email";
      return {
        status: "challenge",
        challenge: { ...challenge, delivery: { medium, destination } },
      };
    },
  }));
}

/** Does something else with a sign-in of a user who does not exist, or has not proven an address. */
function ofStrangers(
  instead: (result: SignInResult) => SignInResult,
): BrokenProvider["breakParts"] {
  return breaking((identity) => ({
    async signIn(input) {
      const user = await identity.getUser(input).catch(() => undefined);
      const result = await identity.signIn(input);
      return user ? result : instead(result);
    },
  }));
}

/** Refuses answers of whoever does not exist in another way. */
const knowsStrangers = breaking((identity) => {
  const strangers = new Set<string>();
  return {
    async signIn(input) {
      const user = await identity.getUser(input).catch(() => undefined);
      const result = await identity.signIn(input);
      if (!user && result.status === "challenge") strangers.add(result.challenge.session);
      return result;
    },
    answerChallenge: async (input) =>
      strangers.has(input.session) ? fail("challenge_expired") : identity.answerChallenge(input),
  };
});

const takesAnyCode = breaking((identity) => ({
  answerChallenge: (input) =>
    insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
}));

const likeNobody = ofStrangers(() => fail("user_not_found"));

export const brokenCodeSignIns: readonly BrokenProvider[] = [
  {
    fault: "tells another place each time that a message went to",
    caughtBy: "code sign-in: tells an unknown user each time the same of where email_code went",
    saying: "expected where the code went to be",
    breakParts: telling(() => `${crypto.randomUUID().slice(0, 1)}***@***${Math.random()}`),
  },
  {
    fault: "shows the number that a code went to",
    caughtBy: "code sign-in: masks the address that sms_code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (result.status !== "challenge" || result.challenge.type !== "sms_code") return result;
        const { attributes } = await identity.getUser(input);
        const delivery = { medium: "sms", destination: String(attributes.phone_number) } as const;
        return { status: "challenge", challenge: { ...result.challenge, delivery } };
      },
    })),
  },
  ...caughtByEach(
    { fault: "takes any code", breakParts: takesAnyCode },
    [
      "code sign-in: takes only the sms_code of its own sign-in",
      "expected code_mismatch, but the call worked",
    ],
    [
      "code sign-in: lets no disabled user in, and does not say why",
      "expected code_mismatch, but the call worked",
    ],
  ),
  ...caughtByEach(
    { fault: "asks nobody who does not exist", breakParts: likeNobody },
    [
      "code sign-in: asks an unknown user for sms_code as it does a known one",
      "expected a step to work, but it threw user_not_found",
    ],
    [
      "factor choice: offers an unknown user the same as a known one",
      "expected a step to work, but it threw user_not_found",
    ],
    [
      "custom challenges: ask an unknown user as they do a known one",
      "expected a step to work, but it threw user_not_found",
    ],
  ),
  ...caughtByEach(
    { fault: "hears no answers of who does not exist", breakParts: knowsStrangers },
    [
      "code sign-in: refuses wrong answers to email_code alike for every user name, past the limit",
      "expected what an unknown user gets to be",
    ],
    [
      "code sign-in: refuses wrong answers to sms_code alike for every user name, past the limit",
      "expected what an unknown user gets to be",
    ],
  ),
  {
    fault: "tells where a code went only if it went",
    caughtBy: "code sign-in: goes on alike where the code cannot be sent, as for an unknown user",
    saying: "expected the members to be",
    breakParts: ofStrangers((result) => {
      if (result.status !== "challenge" || result.challenge.type !== "email_code") return result;
      const { delivery: _untold, ...challenge } = result.challenge;
      return { status: "challenge", challenge };
    }),
  },
  ...caughtByEach(
    {
      fault: "takes no choice",
      breakParts: breaking((identity) => ({
        answerChallenge: async (input) =>
          input.answer.type === "select_factor"
            ? fail("invalid_credentials")
            : identity.answerChallenge(input),
      })),
    },
    [
      "factor choice: lets a user choose a code who gave nothing but a name",
      "expected a step to work, but it threw invalid_credentials",
    ],
    [
      "factor choice: lets a user choose a password who gave nothing but a name",
      "expected a step to work, but it threw invalid_credentials",
    ],
    [
      "factor choice: lets an invited user choose the password, beside what cannot be chosen",
      "expected a step to work, but it threw invalid_credentials",
    ],
  ),
  {
    fault: "tells anyone who chose a password that it must be reset",
    caughtBy: "factor choice: tells only who chose a password and knows it that it must be reset",
    saying: "expected invalid_credentials, but the call threw password_reset_required",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("invalid_credentials", identity.answerChallenge(input), () =>
          fail("password_reset_required"),
        ),
    })),
  },
  {
    fault: "asks its questions in one session",
    caughtBy: "custom challenges: ask again after a wrong answer, in a session of its own",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
];
