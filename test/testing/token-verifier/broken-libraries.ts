import * as library from "../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { KeySet } from "../../../src/ports/index.ts";
import type {
  DiscoveredKeySetTerms,
  RemoteKeySetTerms,
  TokenVerifierLibrary,
} from "../../../src/testing/token-verifier/library.ts";

/** A library that breaks one rule in all that it makes. */
export interface BrokenLibrary {
  readonly fault: string;
  readonly library: TokenVerifierLibrary;
}

/** A principal that nobody has vouched for, as text: of whatever kind a case asks for. */
const anyone = JSON.stringify({
  kind: "user",
  subject: "anyone",
  issuer: "any",
  clientId: "any",
  username: "any",
  groups: [],
  scopes: [],
  issuedAt: 0,
  expiresAt: 0,
});

const refuse = async () => {
  throw new IdentityError("invalid_token", { rejection: "malformed" });
};

const noKeys: KeySet = {
  current: async () => ({ keys: [] }),
  refresh: async () => ({ keys: [] }),
};

/** Makes key sets in another way. */
function keySets(
  make: (terms: RemoteKeySetTerms | DiscoveredKeySetTerms) => KeySet,
): TokenVerifierLibrary {
  return { ...library, createRemoteKeySet: make, createDiscoveredKeySet: make };
}

export const brokenLibraries: readonly BrokenLibrary[] = [
  {
    fault: "takes every token",
    library: {
      ...library,
      createJwtVerifier(options) {
        const verifier = library.createJwtVerifier(options);
        return {
          verify: (token) => verifier.verify(token).catch(() => JSON.parse(anyone)),
          verifyBound: (...args) => verifier.verifyBound(...args).catch(() => JSON.parse(anyone)),
        };
      },
    },
  },
  {
    fault: "refuses every token",
    library: {
      ...library,
      createJwtVerifier: () => ({ verify: refuse, verifyBound: refuse }),
    },
  },
  { fault: "gets no keys", library: keySets(() => noKeys) },
  {
    fault: "fetches keys from nowhere",
    library: keySets(() => {
      throw new TypeError("no such address");
    }),
  },
  {
    fault: "takes any terms of an issuer",
    library: {
      ...library,
      oidcIssuer: ({ allowMissingAudience: _lax, ...terms }) => library.oidcIssuer(terms),
    },
  },
];
