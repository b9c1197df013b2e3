import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  insteadOf,
  skipping,
  welcome,
} from "../broken-provider.ts";

const worked = "but the call worked";

const takesAnyCode = breaking((identity) => ({
  confirmTotp: (input) => insteadOf("code_mismatch", identity.confirmTotp(input), () => undefined),
}));

export const brokenFactorSetUps: readonly BrokenProvider[] = [
  {
    fault: "says that everyone has a second factor",
    caughtBy: "second factors: are off until they are switched on",
    saying: 'expected the second factors of a new user to be [], but it is ["totp"]',
    breakParts: breaking(() => ({ getMfa: async () => ({ enabled: ["totp"] }) })),
  },
  {
    fault: "says that nobody has a second factor",
    caughtBy: "second factors: are told once they are on",
    saying: 'expected the second factors to be ["totp"], but it is []',
    breakParts: breaking(() => ({ getMfa: async () => ({ enabled: [] }) })),
  },
  {
    fault: "switches nothing off",
    caughtBy: "second factors: are not asked for once they are off",
    saying: "expected tokens, but a totp challenge came",
    breakParts: breaking((identity) => ({
      setMfa: async (input) => (input.enabled.length === 0 ? undefined : identity.setMfa(input)),
    })),
  },
  {
    fault: "asks anyone for a second factor",
    caughtBy: "second factors: are told only to who knows the password",
    saying: `expected invalid_credentials, ${worked}`,
    breakParts: breaking((identity) => ({
      signIn: (input) => insteadOf("invalid_credentials", identity.signIn(input), () => welcome),
    })),
  },
  ...caughtByEach(
    { fault: "confirms an app by any code", breakParts: takesAnyCode },
    [
      "second factors: refuse a wrong code of a new app, and take the right one after",
      `expected code_mismatch, ${worked}`,
    ],
    [
      "second factors: refuse any code where no secret was given out",
      `expected code_mismatch, ${worked}`,
    ],
    [
      "second factors: take codes of the secret that was given out last",
      `expected code_mismatch, ${worked}`,
    ],
  ),
  {
    fault: "prefers what is off",
    caughtBy: "second factors: refuse to prefer one that is off and say which member is at fault",
    saying: `expected validation_failed, ${worked}`,
    breakParts: breaking((identity) => ({
      setMfa: (input) => insteadOf("validation_failed", identity.setMfa(input), () => undefined),
    })),
  },
  {
    fault: "forgets the app in use for one that is begun with",
    caughtBy: "second factors: leave the app in use alone until a new one is confirmed",
    saying: "expected a totp challenge, but tokens came",
    breakParts: breaking((identity) => {
      let begun = 0;
      return {
        startTotp(input) {
          begun += 1;
          return identity.startTotp(input);
        },
        async signIn(input) {
          const result = await identity.signIn(input);
          return begun > 1 && result.status === "challenge" ? welcome : result;
        },
      };
    }),
  },
  {
    fault: "takes codes of the app before",
    caughtBy: "second factors: refuse the app before once a new one is confirmed",
    saying: `expected code_mismatch, ${worked}`,
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
    })),
  },
  {
    fault: "takes a code of an app's in every sign-in",
    caughtBy: "concurrency: takes a code of an app's for one of many sign-ins at once",
    saying: "expected one call to work, but 10 did",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) => identity.answerChallenge(input).catch(() => welcome),
    })),
  },
  {
    fault: "sends codes to numbers that nobody has proven",
    caughtBy: "second factors: send no text messages to a number that is not proven",
    saying: `expected mfa_not_available, ${worked}`,
    breakParts: breaking((identity) => ({
      setMfa: (input) => insteadOf("mfa_not_available", identity.setMfa(input), () => undefined),
    })),
  },
  {
    fault: "asks for no code by text message",
    caughtBy: "second factors: ask for a code by text message once that is on",
    saying: "expected a sms_code challenge, but tokens came",
    breakParts: breaking(skipping("sms_code")),
  },
];
