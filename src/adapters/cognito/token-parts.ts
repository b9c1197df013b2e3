import { cognitoIssuer, createJwtVerifier, createRemoteKeySet } from "../jwt/index.ts";
import { type ProviderParts, type SharedParts, verifierTerms } from "../shared/settings.ts";
import { createIssuerDiscovery, isAwsEndpoint, poolAddress } from "./issuer-discovery.ts";
import { issuerOf } from "./wire/issuer.ts";

/** A pool, and where its tokens come from. */
export interface TokenSettings extends Omit<SharedParts, "print"> {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string | undefined;
  /** The `iss` of its tokens. @default what the endpoint says where that is none of AWS's, or else the region's */
  readonly issuer: string | undefined;
  /** @default the key set of the issuer, or of the endpoint where the issuer is asked for there */
  readonly jwksUri: string | undefined;
}

type TokenParts = Pick<ProviderParts, "tokens" | "keys" | "issuer">;

/** Makes the parts of a provider that know its tokens. */
export function createTokenParts(settings: TokenSettings): TokenParts {
  const { region, userPoolId, endpoint, issuer } = settings;
  if (issuer === undefined && endpoint !== undefined && !isAwsEndpoint(endpoint))
    return discoveredParts(settings, poolAddress(endpoint, userPoolId));
  return knownParts(settings, issuer ?? issuerOf(region, userPoolId));
}

function knownParts(settings: TokenSettings, issuer: string): TokenParts {
  const { clientId, jwksUri } = settings;
  const keys = keySetAt(settings, jwksUri ?? `${issuer}/.well-known/jwks.json`);
  const tokens = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    ...verifierTerms(settings),
  });
  return { tokens, keys, issuer };
}

/** A token is of the issuer that the endpoint names, or of nobody. */
function discoveredParts(settings: TokenSettings, address: string): TokenParts {
  const { userPoolId, clientId, jwksUri, clock } = settings;
  const keys = jwksUri
    ? keySetAt(settings, jwksUri)
    : // An endpoint in a private network was named as such.
      keySetAt(settings, `${address}/.well-known/jwks.json`, { allowPrivateAddress: true });
  const discover = createIssuerDiscovery({ poolAddress: address, clock });
  const tokens = createJwtVerifier({
    async issuers(name) {
      const issuer = await discover();
      if (name !== issuer) return undefined;
      return cognitoIssuer({ userPoolId, clientIds: [clientId], issuer, createKeySet: () => keys });
    },
    ...verifierTerms(settings),
  });
  return { tokens, keys, issuer: discover };
}

function keySetAt(
  { clock, keySetCache: cache, waitUntil }: TokenSettings,
  uri: string,
  options: { readonly allowPrivateAddress?: boolean } = {},
) {
  return createRemoteKeySet({
    ...options,
    uri,
    clock,
    ...(cache && { cache }),
    ...(waitUntil && { waitUntil }),
  });
}
