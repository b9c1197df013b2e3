import type { MachinePrincipal, Principal, UserPrincipal } from "../../../domain/principal.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";
import { isTime, readNames, readText, readTime, readWords } from "./claim-readers.ts";

/** The rules by which a user pool's access tokens are taken. */
export interface CognitoClaimRules {
  readonly clientIds: ReadonlySet<string>;
  /** The audiences that a token may be meant for besides its client (RFC 8707). */
  readonly audiences: ReadonlySet<string>;
}

/**
 * Reads the principal that a Cognito access token speaks for.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @throws {IdentityError} `invalid_token` — no access token, another client's, or one that does not say who it speaks for
 */
export function readCognitoPrincipal(claims: JsonObject, rules: CognitoClaimRules): Principal {
  if (claims.token_use !== "access") throw rejected("wrong_use", "no_access_token");
  const program: Writable<MachinePrincipal> = {
    kind: "machine",
    subject: readText(claims.sub),
    issuer: readText(claims.iss),
    clientId: readClientId(claims, rules),
    scopes: readWords(claims.scope),
    issuedAt: readTime(claims.iat),
    expiresAt: readTime(claims.exp),
  };
  // Nothing depends on it, so that one that is no time counts as missing.
  if (isTime(claims.auth_time)) program.authenticatedAt = claims.auth_time;
  if (claims.jti !== undefined) program.tokenId = readText(claims.jti);
  // Cognito leaves the name out of what a program gets for its own credentials, and of nothing else.
  if (claims.username === undefined) return program;
  const user: Writable<UserPrincipal> = {
    ...program,
    kind: "user",
    username: readText(claims.username),
    groups: readNames(claims["cognito:groups"]),
  };
  if (claims.origin_jti !== undefined) user.sessionId = readText(claims.origin_jti);
  return user;
}

/** The form of an object that is still being put together: spreading what may be there into it takes longer. */
type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

function readClientId({ client_id, aud }: JsonObject, rules: CognitoClaimRules): string {
  if (typeof client_id !== "string" || !rules.clientIds.has(client_id)) {
    throw rejected("wrong_client", client_id === undefined ? "no_client" : "other_client");
  }
  if (aud === undefined || aud === client_id) return client_id;
  if (typeof aud !== "string" || !rules.audiences.has(aud)) {
    throw rejected("wrong_client", "other_audience");
  }
  return client_id;
}
