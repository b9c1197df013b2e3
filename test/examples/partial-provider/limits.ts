import type { IdentityProviderCaseName, KnownLimits } from "../../../src/testing/index.ts";

/** The limits of the provider: it can do nothing but what every provider does. */
export const limits: KnownLimits<IdentityProviderCaseName> = {
  capabilities: [],
  lacks: {
    rotation: "refresh tokens are not replaced here",
    hashing: "the provider hashes nothing by itself",
  },
};
