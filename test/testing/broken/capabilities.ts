import { optionalMethods } from "../../../src/testing/identity-provider/optional-methods.ts";
import { signUpAndConfirm } from "../../../src/testing/identity-provider/steps/account-steps.ts";
import { type BrokenProvider, breaking, fail } from "./broken-provider.ts";

const families = [
  "registration",
  "password recovery",
  "sign-out",
  "sign-out everywhere",
  "second factors",
  "authenticator apps",
  "recovery codes",
  "passkeys",
  "sign-in codes by mail",
  "sign-in codes by text message",
  "codes sent again",
  "custom challenges",
  "administration",
  "lists of users",
  "lists of groups",
  "groups",
] as const;

/** A provider for each family of methods, which declares them and has none. */
const lacking = families.map(
  (family): BrokenProvider => ({
    fault: `declares ${family} and has none`,
    caughtBy: `capabilities: has the methods for ${family} where it declares them, and not_supported elsewhere`,
    saying: "throws not_supported, though",
    breakParts: (harness) => {
      const { identity } = harness;
      const missing = Object.keys(optionalMethods[family].calls).map((method) => [
        method,
        async () => fail("not_supported"),
      ]);
      const signIn: typeof identity.signIn = async (input) =>
        input.factor === undefined ? identity.signIn(input) : fail("not_supported");
      return {
        identity: Object.assign({ ...identity }, Object.fromEntries(missing), { signIn }),
        givenUser: () => signUpAndConfirm(harness),
      };
    },
  }),
);

export const brokenCapabilities: readonly BrokenProvider[] = [
  ...lacking,
  {
    fault: "declares what there is not",
    caughtBy: "capabilities: are of those that there are",
    saying: "expected a capability to be",
    breakParts: ({ identity }) => ({
      identity: Object.assign({ ...identity }, { capabilities: new Set(["telepathy"]) }),
    }),
  },
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
      "capabilities: has the methods for reading profiles where it declares them, and not_supported elsewhere",
    saying:
      "expected getProfile to throw not_supported, as profile or profile_reading is not declared, but it does not",
    breakParts: breaking(({ capabilities }) => ({
      capabilities: new Set([...capabilities].filter((name) => name !== "profile")),
    })),
  },
  {
    fault: "declares profiles, and lets nobody change one",
    caughtBy:
      "capabilities: has the methods for profiles where it declares them, and not_supported elsewhere",
    saying: "updateAttributes throws not_supported, though profile is declared",
    breakParts: breaking(() => ({ updateAttributes: async () => fail("not_supported") })),
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
