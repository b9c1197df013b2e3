import type { Principal } from "../../domain/principal.ts";
import type { Clock } from "../../ports/index.ts";
import type { JsonObject } from "./json-object.ts";
import { rejected } from "./rejection.ts";

/** What an access token's claims are held against. */
export interface ClaimRules {
  readonly issuer: string;
  readonly clientIds: ReadonlySet<string>;
  readonly clock: Clock;
  readonly clockToleranceSeconds: number;
}

/** Longest life of an access token, in seconds: the most that Cognito allows, and what gives milliseconds away. */
const maxLifeSeconds = 24 * 60 * 60;

/** Longest subject, in characters (OpenID Connect Core 1.0 section 2). */
const maxTextLength = 255;

/**
 * Checks the claims of a token whose signature held, and gives whom it speaks for. Time comes last: `token_expired`
 * says that nothing else is wrong.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @throws {IdentityError} `invalid_token` `token_expired` — as `TokenVerifier.verify`
 */
export function readPrincipal(claims: JsonObject, rules: ClaimRules): Principal {
  if (claims.iss !== rules.issuer) throw rejected("wrong_issuer");
  if (claims.token_use !== "access") throw rejected("wrong_use");
  const clientId = readClientId(claims, rules);
  const principal = describePrincipal(claims, clientId, rules.issuer);
  checkTimes(claims, principal, rules);
  return principal;
}

function readClientId(claims: JsonObject, rules: ClaimRules): string {
  const clientId = claims.client_id;
  if (typeof clientId !== "string" || !rules.clientIds.has(clientId))
    throw rejected("wrong_client");
  if (claims.aud !== undefined && claims.aud !== clientId) throw rejected("wrong_client");
  return clientId;
}

function describePrincipal(claims: JsonObject, clientId: string, issuer: string): Principal {
  const verified = {
    subject: readText(claims.sub),
    issuer,
    clientId,
    scopes: readScopes(claims.scope),
    issuedAt: readTime(claims.iat),
    expiresAt: readTime(claims.exp),
    ...optional("authenticatedAt", claims.auth_time, readTime),
    ...optional("tokenId", claims.jti, readText),
  };
  // Cognito leaves the name out of what a program gets for its own credentials, and of nothing else.
  if (claims.username === undefined) return { kind: "machine", ...verified };
  return {
    kind: "user",
    ...verified,
    username: readText(claims.username),
    groups: readGroups(claims["cognito:groups"]),
    ...optional("sessionId", claims.origin_jti, readText),
  };
}

function checkTimes(claims: JsonObject, principal: Principal, rules: ClaimRules): void {
  const { issuedAt, expiresAt } = principal;
  if (expiresAt <= issuedAt || expiresAt - issuedAt > maxLifeSeconds) {
    throw rejected("invalid_claims");
  }
  const now = Math.floor(rules.clock.now() / 1000);
  const notBefore = claims.nbf === undefined ? issuedAt : readTime(claims.nbf);
  if (Math.max(issuedAt, notBefore) > now + rules.clockToleranceSeconds) {
    throw rejected("not_yet_valid");
  }
  // "On or after" the time counts as expired (RFC 7519 section 4.1.4).
  if (now >= expiresAt + rules.clockToleranceSeconds) throw rejected("expired");
}

function optional<Name extends string, Value>(
  name: Name,
  claim: unknown,
  read: (claim: unknown) => Value,
): Partial<Record<Name, Value>> {
  return claim === undefined ? {} : ({ [name]: read(claim) } as Record<Name, Value>);
}

function readText(claim: unknown): string {
  if (typeof claim !== "string" || claim === "" || claim.length > maxTextLength) {
    throw rejected("invalid_claims");
  }
  if (/\p{Cc}/u.test(claim) || !claim.isWellFormed()) throw rejected("invalid_claims");
  return claim;
}

/** Seconds since the epoch, whole or not (RFC 7519 section 2). */
function readTime(claim: unknown): number {
  if (typeof claim !== "number" || !Number.isFinite(claim) || claim <= 0) {
    throw rejected("invalid_claims");
  }
  return claim;
}

function readScopes(claim: unknown): readonly string[] {
  if (claim === undefined) return [];
  if (typeof claim !== "string") throw rejected("invalid_claims");
  return claim.split(" ").filter((scope) => scope !== "");
}

function readGroups(claim: unknown): readonly string[] {
  if (claim === undefined) return [];
  if (!Array.isArray(claim)) throw rejected("invalid_claims");
  return claim.map(readText);
}
