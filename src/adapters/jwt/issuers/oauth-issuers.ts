import type { Principal } from "../../../domain/principal.ts";
import type { KeySet } from "../../../ports/index.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import {
  type ClaimPath,
  type OAuthClaimRules,
  readOAuthPrincipal,
} from "../claims/oauth-claims.ts";
import { speaksForMachine } from "../claims/programs.ts";
import { rejected } from "../format/rejection.ts";
import { createDiscoveredKeySet } from "./discovered-key-set.ts";
import {
  accessTokenTypes,
  type ClaimReader,
  checkTexts,
  oneDaySeconds,
  type TrustedIssuer,
  type WithClaims,
  withClaims,
} from "./trusted-issuer.ts";

/** The options of {@link oauthIssuer} and {@link oidcIssuer}. */
export interface OAuthIssuerOptions {
  /** The value of `iss`, compared character by character: with the slash at its end, where it has one. */
  readonly issuer: string;
  /** Its keys. @default what its metadata names as `jwks_uri`, by {@link createDiscoveredKeySet} */
  readonly keys?: KeySet;
  /** The names of this API: a token must be meant for one of them. */
  readonly audiences: readonly string[];
  /** The clients whose tokens are taken. @default any that the issuer gives a token for this API */
  readonly clientIds?: readonly string[];
  /** @default ["RS256"] */
  readonly algorithms?: readonly string[];
  /**
   * Takes tokens that are meant for no API in particular (Clerk); those that are meant for others stay refused. Needs
   * `clientIds`, as nothing else then says whose they are. @default refused
   */
  readonly allowMissingAudience?: boolean;
  /** The client of tokens that name none (Firebase, GitHub Actions, Kubernetes). @default such tokens are refused */
  readonly defaultClientId?: string;
  /** Takes `scope` as a list as well (IdentityServer, Duende). @default refused */
  readonly allowScopeList?: boolean;
  /**
   * Claims of ID tokens that this issuer's access tokens have too: `nonce` (Azure AD B2C), `at_hash` (Dex). Whatever else
   * shows an ID token still refuses one: any other such claim, or `nonce` where the token names no scopes. Where ID
   * tokens have nothing else, nobody can tell the two kinds apart. @default none
   */
  readonly allowIdTokenClaims?: readonly ("nonce" | "at_hash")[];
  /** Takes tokens whose header names an address of the key (`jku`), as SAP's do: nobody looks at it. @default refused */
  readonly ignoreJku?: boolean;
  /** Takes tokens that name no key, where exactly one of the published ones fits. @default refused */
  readonly allowMissingKeyId?: boolean;
  /** The longest life that the issuer gives a token. @default 86400 */
  readonly maxLifeSeconds?: number;
  /** The path to the user's name; the subject stands in for one that is missing. @default "preferred_username" */
  readonly usernameClaim?: ClaimPath;
  /** The path to the list of the user's groups, such as `["realm_access", "roles"]`. @default "groups" */
  readonly groupsClaim?: ClaimPath;
  /** Tells whether a token speaks for a program. @default by RFC 9068, and what the large providers do besides */
  readonly isMachine?: (claims: JsonObject) => boolean;
}

/** Claims that ID tokens have and access tokens have no use for (OpenID Connect Core 1.0 sections 2 and 3.3.2.11). */
const idTokenClaims = ["nonce", "at_hash", "c_hash", "s_hash"];

/**
 * Trusts an issuer whose access tokens go by RFC 9068: their header calls them `at+jwt`, so that nothing else that the
 * issuer signs can pass for one.
 *
 * @throws {TypeError} without an issuer, an audience, or whom to take tokens from
 * @example
 * oauthIssuer({ issuer: "https://tenant.eu.auth0.com/", audiences: ["https://api.example.com"] });
 */
export function oauthIssuer<Claims extends object>(
  options: OAuthIssuerOptions & ClaimReader<Claims>,
): TrustedIssuer<WithClaims<Principal, Claims>>;
export function oauthIssuer(options: OAuthIssuerOptions): TrustedIssuer;
export function oauthIssuer(options: OAuthIssuerOptions & ReadsClaims): TrustedIssuer {
  return trust(options, ["at+jwt"], checkRequiredClaims);
}

/**
 * Trusts an OpenID Connect provider whose access tokens do not say that they are: Entra ID, Keycloak, Auth0 in its
 * older form. What looks like an ID token is refused, which is as far as such tokens can be told apart, so give the API
 * a name that is no client's where the provider lets you; where it goes by RFC 9068, take {@link oauthIssuer}.
 *
 * @throws {TypeError} without an issuer, an audience, or whom to take tokens from
 * @example
 * oidcIssuer({
 *   issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
 *   audiences: [applicationId],
 *   groupsClaim: "roles",
 * });
 * oidcIssuer({
 *   issuer: "https://keycloak.example.com/realms/staff",
 *   keys: createRemoteKeySet({ uri: "https://keycloak.example.com/realms/staff/protocol/openid-connect/certs" }),
 *   audiences: ["orders-api"],
 *   groupsClaim: ["realm_access", "roles"],
 * });
 */
export function oidcIssuer<Claims extends object>(
  options: OAuthIssuerOptions & ClaimReader<Claims>,
): TrustedIssuer<WithClaims<Principal, Claims>>;
export function oidcIssuer(options: OAuthIssuerOptions): TrustedIssuer;
export function oidcIssuer(options: OAuthIssuerOptions & ReadsClaims): TrustedIssuer {
  const allowed: readonly string[] = options.allowIdTokenClaims ?? [];
  return trust(options, accessTokenTypes, (claims) => checkNoIdToken(claims, allowed));
}

type ReadsClaims = Partial<ClaimReader<object>>;

function trust(
  options: OAuthIssuerOptions & ReadsClaims,
  tokenTypes: TrustedIssuer["tokenTypes"],
  checkKind: (claims: JsonObject) => void,
): TrustedIssuer {
  const rules = claimRules(options);
  const { issuer, keys = createDiscoveredKeySet({ issuer }) } = options;
  return {
    issuers: [{ issuer, keys }],
    algorithms: options.algorithms ?? ["RS256"],
    tokenTypes,
    maxLifeSeconds: options.maxLifeSeconds ?? oneDaySeconds,
    ignoreJku: options.ignoreJku,
    allowMissingKeyId: options.allowMissingKeyId,
    readPrincipal: withClaims((claims) => {
      checkKind(claims);
      return readOAuthPrincipal(claims, rules);
    }, options.readClaims),
  };
}

function claimRules(options: OAuthIssuerOptions): OAuthClaimRules {
  const { audiences, clientIds, allowMissingAudience, defaultClientId, allowScopeList } = options;
  checkTexts("audience", audiences);
  if (clientIds || allowMissingAudience) checkTexts("client", clientIds ?? []);
  if (defaultClientId !== undefined) checkTexts("client", [defaultClientId]);
  return {
    audiences: new Set(audiences),
    allowMissingAudience,
    clientIds: clientIds && new Set(clientIds),
    defaultClientId,
    allowScopeList,
    usernameClaim: options.usernameClaim ?? "preferred_username",
    groupsClaim: options.groupsClaim ?? "groups",
    isMachine: options.isMachine ?? speaksForMachine,
  };
}

/** RFC 9068 section 2.2; the other required claims are read by whoever needs them. */
function checkRequiredClaims({ client_id, jti }: JsonObject): void {
  const isComplete = [client_id, jti].every((claim) => claim !== undefined && claim !== null);
  if (!isComplete) throw rejected("invalid_claims", "missing_claim");
}

/**
 * Keycloak says in a claim what a token is, "Bearer" for an access token, "DPoP" for one that is bound to a key, and
 * "ID" or "Refresh" for others; Cognito does in another.
 *
 * @see https://github.com/keycloak/keycloak/issues/21919
 */
function checkNoIdToken(claims: JsonObject, allowed: readonly string[]): void {
  const isBound = isJsonObject(claims.cnf) && claims.cnf.jkt !== undefined;
  if (claims.typ === "Bearer" || (claims.typ === "DPoP" && isBound)) return;
  const isNamed = claims.typ !== undefined || (claims.token_use ?? "access") !== "access";
  const shown = idTokenClaims.filter((name) => claims[name] !== undefined);
  // A nonce alone tells no kind from the other; only an access token says what it may be used for.
  const scopes = claims.scope ?? claims.scp ?? undefined;
  const isUnsure = shown.join() === "nonce" && scopes === undefined;
  if (isNamed || isUnsure || !shown.every((name) => allowed.includes(name))) {
    throw rejected("wrong_use", "no_access_token");
  }
}
