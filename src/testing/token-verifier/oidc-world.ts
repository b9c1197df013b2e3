import type { Principal } from "../../domain/principal.ts";
import type { OAuthIssuerTerms, TokenVerifierLibrary } from "./library.ts";
import type { Signer } from "./signer.ts";
import { clock, issuer, keySetOf, nowSeconds, signers } from "./world.ts";

export const api = "https://api.example.com";

/** A verifier of the access tokens of an OpenID Connect provider. */
export interface OidcWorld {
  readonly signer: Signer;
  /** Verifies a token of some claims. */
  verify(claims: Readonly<Record<string, unknown>>): Promise<Principal>;
}

/** Sets up a verifier for an API, with changes to how its issuer is trusted. */
export async function createOidcWorld(
  library: TokenVerifierLibrary,
  changes: Partial<OAuthIssuerTerms> = {},
): Promise<OidcWorld> {
  const [signer] = await signers();
  const terms = { issuer, keys: keySetOf(signer.jwk), audiences: [api], ...changes };
  const verifier = library.createJwtVerifier({ issuers: [library.oidcIssuer(terms)], clock });
  return { signer, verify: async (claims) => verifier.verify(await signer.sign(claims)) };
}

/** The claims of a user's access token of an OpenID Connect provider, with some of them changed. */
export function userClaims(
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    iss: issuer,
    aud: api,
    sub: "user-1",
    azp: "web",
    scope: "openid orders/read",
    iat: nowSeconds - 60,
    exp: nowSeconds + 3540,
    ...changes,
  };
}
