import { type BrokenProvider, breaking, fail, insteadOf, welcome } from "../broken-provider.ts";

const takesAnyCode = breaking((identity) => ({
  answerChallenge: (input) =>
    insteadOf("code_mismatch", identity.answerChallenge(input), () => welcome),
}));

const takesAnySession = breaking((identity) => ({
  answerChallenge: (input) =>
    insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
}));

const countsTen = breaking((identity) => ({
  getMfa: async (input) => ({ ...(await identity.getMfa(input)), recoveryCodesLeft: 10 }),
}));

export const brokenRecoveryCodes: readonly BrokenProvider[] = [
  {
    fault: "gives all users the same recovery codes",
    caughtBy: "recovery codes: are several, none like another, and none the next user's",
    saying: "expected the number of codes that differ to be 4, but it is 2",
    breakParts: breaking(() => ({ createRecoveryCodes: async () => ["one", "two"] })),
  },
  {
    fault: "counts recovery codes that were used",
    caughtBy: "recovery codes: are counted as long as they are left",
    saying: "expected the codes after one was used to be 9, but it is 10",
    breakParts: countsTen,
  },
  {
    fault: "counts recovery codes that nobody has",
    caughtBy: "recovery codes: are none where nobody asked for some",
    saying: "expected the codes that are left to be 0, but it is 10",
    breakParts: countsTen,
  },
  {
    fault: "takes recovery codes letter by letter",
    caughtBy: "recovery codes: are taken however they are typed",
    saying: "expected a step to work, but it threw code_mismatch",
    breakParts: breaking((identity) => ({
      answerChallenge: async (input) =>
        "code" in input.answer && /[A-Z ]/.test(input.answer.code)
          ? fail("code_mismatch")
          : identity.answerChallenge(input),
    })),
  },
  {
    fault: "takes a recovery code that was used",
    caughtBy: "recovery codes: are good for one sign-in each, and leave the others good",
    saying: "expected code_mismatch, but the call worked",
    breakParts: takesAnyCode,
  },
  {
    fault: "switches second factors off by a recovery code",
    caughtBy: "recovery codes: leave the app as it is",
    saying: "expected a totp challenge, but tokens came",
    breakParts: breaking((identity) => ({
      async answerChallenge(input) {
        const result = await identity.answerChallenge(input);
        if (input.answer.type === "recovery_code" && result.status === "signed_in")
          await identity.setMfa({ accessToken: result.tokens.accessToken, enabled: [] });
        return result;
      },
    })),
  },
  {
    fault: "makes recovery codes worthless along with an app",
    caughtBy: "recovery codes: stay as they are when another app is confirmed",
    saying: "expected a step to work, but it threw code_mismatch",
    breakParts: breaking((identity) => ({
      async confirmTotp(input) {
        await identity.confirmTotp(input);
        await identity.createRecoveryCodes(input).catch(() => undefined);
      },
    })),
  },
  {
    fault: "takes recovery codes of before",
    caughtBy: "recovery codes: are worthless once new ones were made",
    saying: "expected code_mismatch, but the call worked",
    breakParts: takesAnyCode,
  },
  {
    fault: "makes recovery codes that stand for nothing",
    caughtBy: "recovery codes: are not made for a user without a second factor",
    saying: "expected mfa_not_available, but the call worked",
    breakParts: breaking((identity) => ({
      createRecoveryCodes: (input) =>
        insteadOf("mfa_not_available", identity.createRecoveryCodes(input), () => []),
    })),
  },
  {
    fault: "keeps recovery codes until second factors are on again",
    caughtBy: "recovery codes: are worthless once all second factors were switched off",
    saying: "expected the codes that are left to be 0, but it is 10",
    breakParts: breaking((identity) => ({
      setMfa: async (input) =>
        input.enabled.length === 0 ? undefined : await identity.setMfa(input),
    })),
  },
  {
    fault: "leaves recovery codes where second factors are taken away",
    caughtBy: "recovery codes: are taken away along with the second factors",
    saying: "expected the codes that are left to be 0, but it is 10",
    breakParts: breaking(() => ({ resetMfa: async () => undefined })),
  },
  {
    fault: "takes a recovery code for anything",
    caughtBy: "recovery codes: stand for nothing but a second factor",
    saying: "expected challenge_expired, but the call worked",
    breakParts: takesAnySession,
  },
  {
    fault: "takes a recovery code for a password",
    caughtBy: "recovery codes: stand for no code that stands for a password",
    saying: "expected challenge_expired, but the call worked",
    breakParts: takesAnySession,
  },
  {
    fault: "takes recovery codes for an app alone",
    caughtBy:
      "recovery codes: stand for the choice of a second factor, and for the one that was chosen",
    saying: "expected a step to work, but it threw challenge_expired",
    breakParts: breaking((identity) => {
      const choices = new Set<string>();
      return {
        async signIn(input) {
          const result = await identity.signIn(input);
          if (result.status === "challenge" && result.challenge.type === "select_mfa")
            choices.add(result.challenge.session);
          return result;
        },
        answerChallenge: async (input) =>
          choices.has(input.session) && input.answer.type === "recovery_code"
            ? fail("challenge_expired")
            : identity.answerChallenge(input),
      };
    }),
  },
  {
    fault: "takes a recovery code for every sign-in that shows it at once",
    caughtBy: "concurrency: takes a recovery code for one of many sign-ins at once",
    saying: "expected one call to work, but",
    breakParts: takesAnyCode,
  },
  {
    fault: "gives out recovery codes that it does not keep",
    caughtBy: "concurrency: leaves the codes of one where they are made many times at once",
    saying: "expected one call to work, but 0 did",
    breakParts: breaking((identity) => ({
      createRecoveryCodes: async (input) =>
        (await identity.createRecoveryCodes(input)).map((code) => `${code}0`),
    })),
  },
];
