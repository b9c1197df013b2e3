import { IdentityError } from "../../../../src/domain/errors.ts";
import type { IdentityProviderHarness } from "../../../../src/testing/index.ts";
import { type BrokenProvider, caughtByEach, fail, insteadOf } from "../broken-provider.ts";
import { reading } from "./refreshes.ts";

/** Refuses what the verifier refuses, and does not say why. */
function silent({ tokens }: IdentityProviderHarness): Partial<IdentityProviderHarness> {
  return {
    tokens: {
      verify: (token) =>
        insteadOf("invalid_token", tokens.verify(token), () => fail("invalid_token")),
    },
  };
}

export const brokenTokens: readonly BrokenProvider[] = [
  {
    fault: "puts everyone into a group",
    caughtBy: "tokens: verify as access tokens of the user who signed in",
    saying: "expected the groups of a new user to be []",
    breakParts: reading((principal) =>
      principal.kind === "user" ? { ...principal, groups: ["everyone"] } : principal,
    ),
  },
  {
    fault: "has an issuer for each token",
    caughtBy: "tokens: name the same issuer and client for every user",
    saying: "expected the issuer to be",
    breakParts: reading((principal, token) => ({ ...principal, issuer: token })),
  },
  ...caughtByEach(
    { fault: "does not say why it takes no token", breakParts: silent },
    [
      "tokens: are refused as access tokens when they are ID tokens",
      "expected a reason for the rejection, but there is none",
    ],
    [
      "tokens: are refused as access tokens when they are refresh tokens",
      "expected a reason for the rejection, but there is none",
    ],
    ["tokens: are refused when they are malformed", 'expected the reason to be "malformed"'],
    [
      "tokens: are refused when their signature is another token's",
      'expected the reason to be "bad_signature"',
    ],
  ),
  {
    fault: "does not say that a token has expired",
    caughtBy: "tokens: are refused past their time",
    saying: "expected token_expired, but the call threw invalid_token",
    breakParts: ({ tokens }) => ({
      tokens: {
        verify: (token) =>
          insteadOf("token_expired", tokens.verify(token), () => {
            throw new IdentityError("invalid_token", { rejection: "malformed" });
          }),
      },
    }),
  },
  {
    fault: "asks the provider about each token",
    caughtBy: "tokens: verify until they expire, though their session has ended",
    saying: "expected a step to work, but it threw token_revoked",
    breakParts: ({ tokens, identity }) => ({
      tokens: {
        async verify(accessToken) {
          await identity.getProfile({ accessToken });
          return tokens.verify(accessToken);
        },
      },
    }),
  },
  {
    fault: "publishes no key",
    caughtBy: "tokens: are signed with a key of the key set",
    saying: "expected that the key that signed is published, but that is not so",
    breakParts: ({ keys }) => ({ keys: { ...keys, current: async () => ({ keys: [] }) } }),
  },
  {
    fault: "has its keys requested for each token",
    caughtBy: "tokens: are verified with keys that the first hundred of them have requested once",
    saying: "expected requests for the keys to be 1, but it is 200",
    breakParts: ({ controls, tokens }) => ({
      controls: {
        ...controls,
        publishedKeys: {
          newVerifier() {
            let requests = 0;
            return {
              requests: () => requests,
              tokens: {
                verify(token) {
                  requests += 1;
                  return tokens.verify(token);
                },
              },
            };
          },
        },
      },
    }),
  },
];
