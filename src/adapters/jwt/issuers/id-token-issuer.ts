import type { IdTokenPrincipal } from "../../../domain/principal.ts";
import type { KeySet } from "../../../ports/index.ts";
import { readIdTokenPrincipal } from "../claims/id-token-claims.ts";
import type { ClaimPath } from "../claims/oauth-claims.ts";
import { createDiscoveredKeySet } from "./discovered-key-set.ts";
import {
  type ClaimReader,
  checkTexts,
  oneDaySeconds,
  type TrustedIssuer,
  type WithClaims,
  withClaims,
} from "./trusted-issuer.ts";

/** The options of {@link idTokenIssuer}. */
export interface IdTokenIssuerOptions {
  /** The value of `iss`, compared character by character. */
  readonly issuer: string;
  /** Its keys. @default what its metadata names as `jwks_uri`, by {@link createDiscoveredKeySet} */
  readonly keys?: KeySet;
  /** The clients whose users are taken: at least one. */
  readonly clientIds: readonly string[];
  /** @default ["RS256"] */
  readonly algorithms?: readonly string[];
  /** The longest life that the issuer gives a token. @default 86400 */
  readonly maxLifeSeconds?: number;
  /** The path to the user's name; the subject stands in for one that is missing. @default "preferred_username" */
  readonly usernameClaim?: ClaimPath;
}

/**
 * Trusts the ID tokens of an OpenID Connect provider, and none of its access tokens: they become principals of their own
 * kind, `id_token`, which have no scopes and are in no group. An ID token tells a client who signed in. An API that takes
 * one takes whatever any of its clients got for itself, so give it access tokens where the issuer has some for it.
 *
 * @throws {TypeError} without an issuer or a client
 * @example
 * const verifier = createJwtVerifier({
 *   issuers: [idTokenIssuer({ issuer: "https://accounts.google.com", clientIds: [clientId] })],
 * });
 * const { subject, email } = await verifier.verify(idToken);
 */
export function idTokenIssuer<Claims extends object>(
  options: IdTokenIssuerOptions & ClaimReader<Claims>,
): TrustedIssuer<WithClaims<IdTokenPrincipal, Claims>>;
export function idTokenIssuer(options: IdTokenIssuerOptions): TrustedIssuer<IdTokenPrincipal>;
export function idTokenIssuer(
  options: IdTokenIssuerOptions & Partial<ClaimReader<object>>,
): TrustedIssuer<IdTokenPrincipal> {
  const { issuer, keys = createDiscoveredKeySet({ issuer }), clientIds, readClaims } = options;
  checkTexts("client", clientIds);
  const usernameClaim = options.usernameClaim ?? "preferred_username";
  const rules = { clientIds: new Set(clientIds), usernameClaim };
  return {
    issuers: [{ issuer, keys }],
    algorithms: options.algorithms ?? ["RS256"],
    tokenTypes: [undefined, "JWT"],
    maxLifeSeconds: options.maxLifeSeconds ?? oneDaySeconds,
    readPrincipal: withClaims((claims) => readIdTokenPrincipal(claims, rules), readClaims),
  };
}
