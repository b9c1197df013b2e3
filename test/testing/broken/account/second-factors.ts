import {
  type BrokenProvider,
  breaking,
  breakingOther,
  fail,
  insteadOf,
  skipping,
  welcome,
} from "../broken-provider.ts";

export const brokenSecondFactors: readonly BrokenProvider[] = [
  {
    fault: "asks for no second factor",
    caughtBy: "second factors: ask for the preferred one first",
    saying: "expected a totp challenge, but tokens came",
    breakParts: breaking(skipping("totp")),
  },
  {
    fault: "switches an app on as soon as it is confirmed",
    caughtBy: "second factors: are not switched on by confirming an app alone",
    saying: 'expected the second factors to be [], but it is ["totp"]',
    breakParts: breaking((identity) => ({
      async confirmTotp(input) {
        await identity.confirmTotp(input);
        await identity.setMfa({ accessToken: input.accessToken, enabled: ["totp"] });
      },
    })),
  },
  {
    fault: "switches an app on that nobody has",
    caughtBy: "second factors: switch no app on that was not confirmed",
    saying: "expected mfa_not_available, but the call worked",
    breakParts: breaking((identity) => ({
      setMfa: (input) => insteadOf("mfa_not_available", identity.setMfa(input), () => undefined),
    })),
  },
  {
    fault: "makes secrets that can be guessed",
    caughtBy: "second factors: give out a new secret each time, in base32 and of 128 bits at least",
    saying: "expected that the secret is base32, 26 characters or more, but that is not so",
    breakParts: breaking(() => ({ startTotp: async () => ({ secret: "ABCDEFGH" }) })),
  },
  {
    fault: "takes a code of an app's that was used",
    caughtBy: "second factors: take a code of an app's for one sign-in",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "lets users choose a factor that they do not have",
    caughtBy: "second factors: let nobody choose one that is off",
    saying: "expected mfa_not_available, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("mfa_not_available", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "lets users do without the second factor that everyone must have",
    caughtBy: "second factors: are set up inside of the sign-in where everyone must have one",
    saying: "expected a mfa_setup challenge, but tokens came",
    breakParts: breakingOther("requiredMfa", skipping("mfa_setup")),
  },
  {
    fault: "lets nobody choose among several",
    caughtBy: "second factors: let a user choose among several",
    saying: "expected a select_mfa challenge, but tokens came",
    breakParts: breaking(skipping("select_mfa")),
  },
  {
    fault: "takes a choice for a proof",
    caughtBy: "second factors: send a code to a user who chose one",
    saying: "expected a email_code challenge, but tokens came",
    breakParts: breaking((identity) => ({
      answerChallenge: async (input) =>
        input.answer.type === "select_mfa" ? welcome : identity.answerChallenge(input),
    })),
  },
  {
    fault: "takes a choice twice",
    caughtBy: "second factors: spend the session of a choice",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "gives up on a set-up after a wrong code",
    caughtBy: "second factors: can be set up after a wrong code where everyone must have one",
    saying: "expected a step to work, but it threw challenge_expired",
    breakParts: breakingOther("requiredMfa", (identity) => {
      let isOver = false;
      return {
        async answerChallenge(input) {
          if (isOver) return fail("challenge_expired");
          return insteadOf("code_mismatch", identity.answerChallenge(input), ({ code }) => {
            isOver = true;
            return fail(code);
          });
        },
      };
    }),
  },
  {
    fault: "takes any code where an app is to be set up",
    caughtBy: "second factors: let nobody in without a code where everyone must have one",
    saying: "expected code_mismatch or challenge_expired, but the call worked",
    breakParts: breakingOther("requiredMfa", (identity) => ({
      answerChallenge: (input) => identity.answerChallenge(input).catch(() => welcome),
    })),
  },
  {
    fault: "lets everyone switch all off",
    caughtBy: "second factors: cannot all be switched off where everyone must have one",
    saying: "expected mfa_not_available, but the call worked",
    breakParts: breakingOther("requiredMfa", () => ({ setMfa: async () => undefined })),
  },
];
