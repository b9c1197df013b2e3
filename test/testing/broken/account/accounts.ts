import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

export const brokenAccounts: readonly BrokenProvider[] = [
  {
    fault: "tells true and false as text",
    caughtBy: "profiles: tells whether the address is proven as true or false",
    saying: 'expected the type of email_verified to be "boolean", but it is "string"',
    breakParts: breaking((identity) => ({
      async getProfile(input) {
        const profile = await identity.getProfile(input);
        return { ...profile, attributes: { ...profile.attributes, email_verified: "true" } };
      },
    })),
  },
  {
    fault: "deletes an account no further than its sessions",
    caughtBy: "profiles: frees the name of a deleted account for another subject",
    saying: "expected a step to work, but it threw username_taken",
    breakParts: breaking((identity) => ({
      deleteAccount: (input) => identity.signOutEverywhere(input),
    })),
  },
  {
    fault: "takes an ID token for an access token",
    caughtBy: "access tokens: getProfile refuses an ID token",
    saying: "expected invalid_token, but the call worked",
    breakParts: breaking((identity) => ({
      getProfile: (input) =>
        insteadOf("invalid_token", identity.getProfile(input), () => ({
          subject: "anyone",
          username: "anyone",
          attributes: {},
        })),
    })),
  },
  {
    fault: "publishes its private keys",
    caughtBy: "tokens: come with keys of which only the public half is published",
    saying: 'expected that no key has the private member "d", but that is not so',
    breakParts: ({ keys }) => ({
      keys: {
        ...keys,
        current: async () => ({ keys: [...(await keys.current()).keys, { kty: "RSA", d: "x" }] }),
      },
    }),
  },
  {
    fault: "makes another object of the same keys for each call",
    caughtBy: "tokens: come with a key set that is the same object until there are other keys",
    saying: "expected that the keys are the same object when asked for again",
    breakParts: ({ keys }) => ({
      keys: { ...keys, current: async () => ({ ...(await keys.current()) }) },
    }),
  },
  {
    fault: "makes another object of the same keys when they are got anew",
    caughtBy: "tokens: come with a key set that is the same object until there are other keys",
    saying: "expected that the keys are the same object when got anew",
    breakParts: ({ keys }) => ({
      keys: { ...keys, refresh: async () => ({ ...(await keys.refresh()) }) },
    }),
  },
];
