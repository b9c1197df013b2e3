import type { IdTokenPrincipal } from "../../../domain/principal.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";
import { isText, isTime, readText, readTime } from "./claim-readers.ts";
import { type ClaimPath, claimAt } from "./oauth-claims.ts";

/** The rules by which an issuer's ID tokens are taken, and the path to the user's name in them. */
export interface IdTokenClaimRules {
  readonly clientIds: ReadonlySet<string>;
  readonly usernameClaim: ClaimPath;
}

/** Claims of access tokens, which ID tokens have no use for. */
const accessTokenClaims = ["scope", "scp", "client_id"];

/**
 * Reads the principal that an ID token tells its client of.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 * @throws {IdentityError} `invalid_token` — no ID token, or another client's
 */
export function readIdTokenPrincipal(
  claims: JsonObject,
  rules: IdTokenClaimRules,
): IdTokenPrincipal {
  // Cognito and Keycloak say what a token is; of others it shows.
  const isNamed = (claims.token_use ?? "id") === "id" && (claims.typ ?? "ID") === "ID";
  if (!isNamed || accessTokenClaims.some((name) => claims[name] !== undefined)) {
    throw rejected("wrong_use", "other_type");
  }
  const { auth_time, acr, jti, sid, origin_jti, email } = claims;
  const subject = readText(claims.sub);
  const username = claimAt(claims, rules.usernameClaim);
  const sessionId = sid ?? origin_jti;
  return {
    kind: "id_token",
    subject,
    issuer: readText(claims.iss),
    clientId: readClientId(claims, rules.clientIds),
    scopes: [],
    issuedAt: readTime(claims.iat),
    expiresAt: readTime(claims.exp),
    username: isText(username) ? username : subject,
    ...(isTime(auth_time) && { authenticatedAt: auth_time }),
    ...(isText(acr) && { authenticationClass: acr }),
    ...(isText(jti) && { tokenId: jti }),
    ...(isText(sessionId) && { sessionId }),
    ...(isText(email) && { email, isEmailVerified: claims.email_verified === true }),
  };
}

/**
 * Reads the client that the token was issued to (`azp`), or the one that it is meant for: both have to be clients of
 * ours.
 */
function readClientId(
  { aud, azp = aud }: JsonObject,
  clientIds: IdTokenClaimRules["clientIds"],
): string {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isOurs = (name: unknown) => typeof name === "string" && clientIds.has(name);
  const client: unknown = Array.isArray(azp) && azp.length === 1 ? azp[0] : azp;
  if (!isOurs(client) || !audiences.some(isOurs)) {
    throw rejected("wrong_client", aud === undefined ? "no_audience" : "other_client");
  }
  return readText(client);
}
