import { type BrokenProvider, breaking, fail } from "./broken-provider.ts";

export const brokenCapabilities: readonly BrokenProvider[] = [
  {
    fault: "declares that users change their passwords, and lets nobody",
    caughtBy:
      "capabilities: has the methods for password changes where it declares them, and not_supported elsewhere",
    saying: "changePassword throws not_supported, though password_change is declared",
    breakParts: breaking(() => ({ changePassword: async () => fail("not_supported") })),
  },
  {
    fault: "shows profiles and does not say so",
    caughtBy:
      "capabilities: has the methods for profiles where it declares them, and not_supported elsewhere",
    saying:
      "expected getProfile to throw not_supported, as profile is not declared, but it does not",
    breakParts: breaking(({ capabilities }) => ({
      capabilities: new Set([...capabilities].filter((name) => name !== "profile")),
    })),
  },
  {
    fault: "asks for codes and takes no answer",
    caughtBy: "capabilities: says not_supported of an answer only where no sign-in waits for one",
    saying: 'expected the outcome to be "challenge_expired", but it is "not_supported"',
    breakParts: breaking(() => ({ answerChallenge: async () => fail("not_supported") })),
  },
  {
    fault: "has no users, though nobody can sign up",
    caughtBy: "sessions: refuses a wrong password",
    saying: "the provider declares no sign_up, so the harness needs a givenUser",
    breakParts: breaking(() => ({ capabilities: new Set() })),
  },
];
