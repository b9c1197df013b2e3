import {
  type BrokenProvider,
  breaking,
  fail,
  insteadOf,
  skipping,
  welcome,
} from "../broken-provider.ts";

export const brokenSignInWays: readonly BrokenProvider[] = [
  {
    fault: "tells that there is nobody to send a code to",
    caughtBy: "code sign-in: asks an unknown user for email_code as it does a known one",
    saying: "expected a step to work, but it threw user_not_found",
    breakParts: breaking((identity, { codeFor }) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (input.factor === "email_code")
          await codeFor(input.username, "sign_in_code").catch(() => fail("user_not_found"));
        return result;
      },
    })),
  },
  {
    fault: "tells another place each time that a code went to",
    caughtBy: "code sign-in: tells an unknown user each time the same of where sms_code went",
    saying: "expected where the code went to be",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (result.status !== "challenge" || result.challenge.type !== "sms_code") return result;
        const delivery = { medium: "sms", destination: `***${Math.random()}` } as const;
        return { ...result, challenge: { ...result.challenge, delivery } };
      },
    })),
  },
  {
    fault: "shows where a code went",
    caughtBy: "code sign-in: masks the address that email_code went to",
    saying: "expected that the address is masked, but that is not so",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (result.status !== "challenge" || result.challenge.type !== "email_code") return result;
        const delivery = { medium: "email", destination: input.username } as const;
        return { ...result, challenge: { ...result.challenge, delivery } };
      },
    })),
  },
  {
    fault: "takes a code of another sign-in",
    caughtBy: "code sign-in: takes only the email_code of its own sign-in",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "asks for no password of the user's own",
    caughtBy: "first password: is asked for again until it was given",
    saying: "expected a new_password challenge, but tokens came",
    breakParts: breaking(skipping("new_password")),
  },
  {
    fault: "lets an invitation live for ever",
    caughtBy: "first password: can no longer be set when the invitation is years old",
    saying: "expected temporary_password_expired, but the call worked",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("temporary_password_expired", identity.signIn(input), () => welcome),
    })),
  },
  {
    fault: "ends no session",
    caughtBy: "session list: kills the tokens of a session that is ended",
    saying: "expected invalid_refresh_token, but the call worked",
    breakParts: breaking(() => ({ endSession: async () => undefined })),
  },
  {
    fault: "plays along when another user's session is to be ended",
    caughtBy: "session list: ends no session of another user",
    saying: "expected not_found, but the call worked",
    breakParts: breaking((identity) => ({
      endSession: (input) => insteadOf("not_found", identity.endSession(input), () => undefined),
    })),
  },
  {
    fault: "does not know which session asks",
    caughtBy: "session list: tells each sign-in, and which is this one",
    saying: "expected the number of current ones to be 1, but it is 0",
    breakParts: breaking((identity) => ({
      async listSessions(input) {
        const { items, ...page } = await identity.listSessions(input);
        return { ...page, items: items.map((session) => ({ ...session, isCurrent: false })) };
      },
    })),
  },
  {
    fault: "counts wrong passwords only where there is a user who chose one",
    caughtBy:
      "factor choice: refuses wrong passwords alike for every user name that chose one, past the limit",
    saying:
      'expected what an unknown user gets to be "invalid_credentials ×5, too_many_attempts ×15", but it is "invalid_credentials ×20"',
    breakParts: breaking((identity, { controls }) => {
      let isUnknown = false;
      return {
        async signIn(input) {
          const sent = await controls.deliveries?.count(input.username, "sign_up_confirmation");
          isUnknown = sent === 0;
          return identity.signIn(input);
        },
        answerChallenge: (input) =>
          insteadOf("too_many_attempts", identity.answerChallenge(input), ({ code }) =>
            fail(isUnknown ? "invalid_credentials" : code),
          ),
      };
    }),
  },
  {
    fault: "has no end to the choices of one sign-in",
    caughtBy:
      "factor choice: lets nobody choose a code twice in one session, whether there is such a user",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "has fewer questions for whoever does not exist",
    caughtBy: "custom challenges: refuse wrong answers alike for every user name, to the end",
    saying: "expected what an unknown user gets to be",
    breakParts: breaking((identity, { controls }) => {
      let isUnknown = false;
      return {
        async signIn(input) {
          const sent = await controls.deliveries?.count(input.username, "sign_up_confirmation");
          isUnknown = sent === 0;
          return identity.signIn(input);
        },
        async answerChallenge(input) {
          return isUnknown ? fail("invalid_credentials") : identity.answerChallenge(input);
        },
      };
    }),
  },
  {
    fault: "tells anyone who chose a password that a sign-up waits",
    caughtBy:
      "factor choice: tells only who chose a password and knows it that a sign-up waits for confirmation",
    saying: "expected invalid_credentials, but the call threw user_not_confirmed",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("invalid_credentials", identity.answerChallenge(input), () =>
          fail("user_not_confirmed"),
        ),
    })),
  },
  {
    fault: "offers a code only to those who can be sent one",
    caughtBy:
      "factor choice: offers an invited user the same as an unknown one, and no more comes of it",
    saying: "expected what an invited user gets to be",
    breakParts: breaking((identity) => ({
      async signIn(input) {
        const result = await identity.signIn(input);
        if (result.status !== "challenge" || result.challenge.type !== "select_factor")
          return result;
        const user = await identity.getUser(input).catch(() => undefined);
        const { factors } = result.challenge;
        const fewer = factors.filter((factor) => factor !== "sms_code");
        return {
          ...result,
          challenge: { ...result.challenge, factors: user?.status === "invited" ? fewer : factors },
        };
      },
    })),
  },
];
