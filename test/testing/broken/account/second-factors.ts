import {
  type BrokenProvider,
  breaking,
  breakingOther,
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
];
