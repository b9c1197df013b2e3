import type { Principal } from "../../../domain/principal.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";
import { isText, isTime, readNames, readText, readTime, readWords } from "./claim-readers.ts";
import { clientsOf } from "./clients.ts";

/** The path to a claim: its name, or the names on the way to it through nested objects. */
export type ClaimPath = string | readonly string[];

/** The rules by which an issuer's access tokens are taken and read. */
export interface OAuthClaimRules {
  readonly audiences: ReadonlySet<string>;
  /** Takes a token that is meant for nobody in particular. */
  readonly allowMissingAudience?: boolean | undefined;
  /** Nothing: any client of the issuer's. */
  readonly clientIds: ReadonlySet<string> | undefined;
  /** The client of tokens that name none. */
  readonly defaultClientId?: string | undefined;
  /** Takes `scope` as a list as well. */
  readonly allowScopeList?: boolean | undefined;
  readonly usernameClaim: ClaimPath;
  readonly groupsClaim: ClaimPath;
  /** Tells whether a token speaks for a program rather than for a person. */
  readonly isMachine: (claims: JsonObject) => boolean;
}

/**
 * Reads the principal that an OAuth 2.0 access token speaks for, after RFC 9068 section 4 and what the large providers
 * do besides. A claim that is null counts as missing, and so does one of another form than it should have, where a
 * token without it may do no more: the time of sign-in, the name, groups and roles.
 *
 * @throws {IdentityError} `invalid_token` — meant for another API, for another client, for whoever holds another key
 *   besides, or without a word on who it speaks for
 */
export function readOAuthPrincipal(claims: JsonObject, rules: OAuthClaimRules): Principal {
  checkAudience(claims.aud, rules);
  const { auth_time, acr, jti, sid } = claims;
  const verified = {
    subject: readText(claims.sub),
    issuer: readText(claims.iss),
    clientId: readClientId(claims, rules),
    issuedAt: readTime(claims.iat),
    expiresAt: readTime(claims.exp),
    ...(isTime(auth_time) && { authenticatedAt: auth_time }),
    ...(isText(acr) && { authenticationClass: acr }),
    ...(isThere(jti) && { tokenId: readText(jti) }),
  };
  const scopes = readScopes(claims, rules);
  if (rules.isMachine(claims)) {
    // Entra ID tells what a program may do as a list of roles, and gives it no scopes.
    return { kind: "machine", ...verified, scopes: scopes ?? namesOf(claims.roles) };
  }
  const username = claimAt(claims, rules.usernameClaim);
  return {
    kind: "user",
    ...verified,
    scopes: scopes ?? [],
    username: isText(username) ? username : verified.subject,
    groups: namesOf(claimAt(claims, rules.groupsClaim)),
    ...(isThere(sid) && { sessionId: readText(sid) }),
  };
}

/** One that is ours will do: a token may be meant for several (RFC 9068 section 4). */
function checkAudience(
  aud: unknown,
  { audiences, allowMissingAudience }: Pick<OAuthClaimRules, "audiences" | "allowMissingAudience">,
): void {
  if (aud === undefined && allowMissingAudience) return;
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isWellFormed = named.every((name) => typeof name === "string");
  if (isWellFormed && named.some((name) => audiences.has(name))) return;
  throw rejected("wrong_client", aud === undefined ? "no_audience" : "other_audience");
}

function readClientId(
  claims: JsonObject,
  { clientIds, defaultClientId }: Pick<OAuthClaimRules, "clientIds" | "defaultClientId">,
): string {
  const [clientId = defaultClientId, ...others] = clientsOf(claims);
  if (clientId === undefined) throw rejected("wrong_client", "no_client");
  if (others.length > 0) throw rejected("wrong_client", "several_clients");
  const name = readText(clientId);
  if (clientIds && !clientIds.has(name)) throw rejected("wrong_client", "other_client");
  return name;
}

/** `scope` as RFC 8693 section 4.2 has it, or `scp`: words at Entra ID, a list at Okta. */
function readScopes(
  { scope, scp }: JsonObject,
  { allowScopeList }: Pick<OAuthClaimRules, "allowScopeList">,
): readonly string[] | undefined {
  if (isThere(scope)) {
    return allowScopeList && Array.isArray(scope) ? readNames(scope) : readWords(scope);
  }
  if (!isThere(scp)) return undefined;
  return Array.isArray(scp) ? readNames(scp) : readWords(scp);
}

/** Reads a list of names, and no other claim: one name by itself is none, as one text may be a part of another. */
function namesOf(claim: unknown): readonly string[] {
  return Array.isArray(claim) && claim.every(isText) ? claim : [];
}

function isThere(claim: unknown): boolean {
  return claim !== undefined && claim !== null;
}

/** Reads the value at a path through claims, where there is one. */
export function claimAt(claims: JsonObject, path: ClaimPath): unknown {
  const names = typeof path === "string" ? [path] : path;
  return names.reduce<unknown>(
    (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    claims,
  );
}
