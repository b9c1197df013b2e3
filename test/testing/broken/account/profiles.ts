import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

/** Shows everybody the same profile. */
const showsAnyone = breaking(() => ({
  getProfile: async () => ({ subject: "anyone", username: "anyone", attributes: {} }),
}));

export const brokenProfiles: readonly BrokenProvider[] = [
  ...caughtByEach(
    { fault: "shows everybody the same profile", breakParts: showsAnyone },
    [
      "profiles: tells the subject and the user name that the token tells",
      "expected the subject to be",
    ],
    ["profiles: tells the attributes that were given at sign-up", "expected email to be"],
    ["profiles: tells users apart", "expected that their subjects differ, but that is not so"],
    ["attributes: are set as given, and no others changed", "expected given_name to be"],
    [
      "attributes: show a new address as proven once its code was given",
      "expected a step to work, but it threw",
    ],
  ),
  {
    fault: "lets users of deleted accounts in",
    caughtBy: "profiles: lets nobody sign in to a deleted account",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      signIn: (input) => insteadOf("invalid_credentials", identity.signIn(input), () => welcome),
    })),
  },
  {
    fault: "sets attributes of everybody",
    caughtBy: "attributes: of other users are left alone",
    saying: "expected that the other user has no such name, but that is not so",
    breakParts: breaking((identity) => {
      const changed: Record<string, string> = {};
      return {
        updateAttributes(input) {
          Object.assign(changed, input.attributes);
          return identity.updateAttributes(input);
        },
        async getProfile(input) {
          const profile = await identity.getProfile(input);
          return { ...profile, attributes: { ...profile.attributes, ...changed } };
        },
      };
    }),
  },
  {
    fault: "takes anything for an address",
    caughtBy: "attributes: of another form are refused, and it is said which",
    saying: "expected validation_failed, but the call worked",
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("validation_failed", identity.updateAttributes(input), () => []),
    })),
  },
  {
    fault: "proves an address that is another account's",
    caughtBy: "attributes: do not become an address that is another account's",
    saying: "expected alias_taken, but the call worked",
    breakParts: breaking((identity) => ({
      confirmAttribute: (input) =>
        insteadOf("alias_taken", identity.confirmAttribute(input), () => undefined),
    })),
  },
  {
    fault: "lets administrators take a number away that codes go to",
    caughtBy: "attributes: keep an address that a second factor goes to from administrators too",
    saying: "expected validation_failed, but the call worked",
    breakParts: breaking((identity) => ({
      updateUser: (input) =>
        insteadOf("validation_failed", identity.updateUser(input), () => undefined),
    })),
  },
  {
    fault: "hides that a code to a new address could not be sent",
    caughtBy: "attributes: are set even if a code could not be sent, and it is said",
    saying: "expected delivery_failed, but the call worked",
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("delivery_failed", identity.updateAttributes(input), () => []),
    })),
  },
  {
    fault: "sets what comes along with an address that no code may go to",
    caughtBy: "attributes: are left alone where no code may be sent",
    saying: "expected the attribute that came along to be",
    breakParts: breaking((identity) => ({
      updateAttributes: (input) =>
        insteadOf("too_many_attempts", identity.updateAttributes(input), async ({ code }) => {
          const { email: _address, ...attributes } = input.attributes;
          await identity.updateAttributes({ ...input, attributes });
          return fail(code);
        }),
    })),
  },
];
