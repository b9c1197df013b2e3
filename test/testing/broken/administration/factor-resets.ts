import { type BrokenProvider, breaking, breakingOther, fail } from "../broken-provider.ts";

export const brokenFactorResets: readonly BrokenProvider[] = [
  {
    fault: "takes no second factor away",
    caughtBy: "administration: takes second factors away, and ends no session with them",
    saying: "expected tokens, but a totp challenge came",
    breakParts: breaking(() => ({ resetMfa: async () => undefined })),
  },
  {
    fault: "ends the sessions of whoever has second factors taken away",
    caughtBy: "administration: takes second factors away, and ends no session with them",
    saying: "expected a step to work, but it threw token_revoked",
    breakParts: breaking((identity) => ({
      async resetMfa(input) {
        await identity.resetMfa(input);
        await identity.signOutUser(input);
      },
    })),
  },
  {
    fault: "only switches second factors off",
    caughtBy: "administration: has an app forgotten that is taken away",
    saying: "expected mfa_not_available, but the call worked",
    breakParts: breaking((identity) => ({
      setMfa: async (input) => void (await identity.setMfa(input).catch(() => undefined)),
    })),
  },
  {
    fault: "blames administrators where there is nothing to take away",
    caughtBy: "administration: has no second factors to take from a user without",
    saying: "expected a step to work, but it threw mfa_not_available",
    breakParts: breaking(() => ({ resetMfa: async () => fail("mfa_not_available") })),
  },
  {
    fault: "leaves a lost factor where everyone must have one",
    caughtBy: "administration: has a user set up a second factor anew where everyone must have one",
    saying: "expected a mfa_setup challenge, but a totp challenge came",
    breakParts: breakingOther("requiredMfa", () => ({ resetMfa: async () => undefined })),
  },
];
