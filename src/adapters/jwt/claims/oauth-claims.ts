import type { Principal } from "../../../domain/principal.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { rejected } from "../format/rejection.ts";
import { readNames, readText, readTime, readWords } from "./claim-readers.ts";

/** Where a claim is: its name, or the names on the way to it through nested objects. */
export type ClaimPath = string | readonly string[];

/** Which of an issuer's access tokens are taken, and where they say what. */
export interface OAuthClaimRules {
  readonly audiences: ReadonlySet<string>;
  /** Nothing: any client of the issuer's. */
  readonly clientIds: ReadonlySet<string> | undefined;
  readonly usernameClaim: ClaimPath;
  readonly groupsClaim: ClaimPath;
  /** Tells whether a token speaks for a program rather than for a person. */
  readonly isMachine: (claims: JsonObject) => boolean;
}

/** Where issuers put the client: RFC 9068 section 2.2, OpenID Connect and Keycloak and Auth0, Entra ID's v1.0, Okta. */
const clientClaims = ["client_id", "azp", "appid", "cid"];

/**
 * Reads whom an OAuth 2.0 access token speaks for, after RFC 9068 section 4 and what the large providers do besides.
 *
 * @throws {IdentityError} `invalid_token` — meant for another API, for another client, for whoever holds another key
 *   besides, or without a word on who it speaks for
 */
export function readOAuthPrincipal(claims: JsonObject, rules: OAuthClaimRules): Principal {
  checkAudience(claims.aud, rules.audiences);
  const verified = {
    subject: readText(claims.sub),
    issuer: readText(claims.iss),
    clientId: readClientId(claims, rules.clientIds),
    issuedAt: readTime(claims.iat),
    expiresAt: readTime(claims.exp),
    ...(claims.auth_time !== undefined && { authenticatedAt: readTime(claims.auth_time) }),
    ...(claims.jti !== undefined && { tokenId: readText(claims.jti) }),
  };
  const scopes = readScopes(claims);
  if (rules.isMachine(claims)) {
    // What a program may do is a list of roles at Entra ID, which gives it no scopes.
    return { kind: "machine", ...verified, scopes: scopes ?? readNames(claims.roles) };
  }
  return {
    kind: "user",
    ...verified,
    scopes: scopes ?? [],
    username: readText(claimAt(claims, rules.usernameClaim) ?? claims.sub),
    groups: readNames(claimAt(claims, rules.groupsClaim)),
    ...(claims.sid !== undefined && { sessionId: readText(claims.sid) }),
  };
}

/**
 * Tells whether a token speaks for a program, by what only an issuer puts into a token: the subject is the client
 * (RFC 9068 section 2.2), `gty` (Auth0), `idtyp` (Entra ID), or at Entra ID no scope and the object id as subject.
 */
export function speaksForMachine(claims: JsonObject): boolean {
  const { sub, gty, idtyp, oid, scp } = claims;
  if (clientsOf(claims).includes(sub) || gty === "client-credentials" || idtyp === "app")
    return true;
  return oid !== undefined && oid === sub && scp === undefined;
}

/** One that is ours will do: a token may be meant for several (RFC 9068 section 4). */
function checkAudience(aud: unknown, audiences: ReadonlySet<string>): void {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!named.every((name) => typeof name === "string")) throw rejected("wrong_client");
  if (!named.some((name) => audiences.has(name))) throw rejected("wrong_client");
}

function readClientId(claims: JsonObject, clientIds: ReadonlySet<string> | undefined): string {
  const [clientId, ...others] = clientsOf(claims);
  if (clientId === undefined || others.length > 0) throw rejected("wrong_client");
  if (clientIds && !clientIds.has(readText(clientId))) throw rejected("wrong_client");
  return readText(clientId);
}

function clientsOf(claims: JsonObject): readonly unknown[] {
  const values = clientClaims.map((name) => claims[name]).filter((value) => value !== undefined);
  return [...new Set(values)];
}

/** `scope` as RFC 8693 section 4.2 has it, or `scp`: words at Entra ID, a list at Okta. */
function readScopes({ scope, scp }: JsonObject): readonly string[] | undefined {
  if (scope !== undefined) return readWords(scope);
  if (scp === undefined) return undefined;
  return Array.isArray(scp) ? readNames(scp) : readWords(scp);
}

function claimAt(claims: JsonObject, path: ClaimPath): unknown {
  const names = typeof path === "string" ? [path] : path;
  return names.reduce<unknown>(
    (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    claims,
  );
}
