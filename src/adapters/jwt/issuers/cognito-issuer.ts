import type { Principal } from "../../../domain/principal.ts";
import type { KeySet } from "../../../ports/index.ts";
import { readCognitoPrincipal } from "../claims/cognito-claims.ts";
import { createRemoteKeySet } from "../keys/remote-key-set.ts";
import {
  accessTokenTypes,
  type ClaimReader,
  checkTexts,
  type IssuerKeys,
  oneDaySeconds,
  type TrustedIssuer,
  type WithClaims,
  withClaims,
} from "./trusted-issuer.ts";

/** The options of {@link cognitoIssuer}. */
export interface CognitoIssuerOptions {
  readonly userPoolId: string;
  /** The app clients whose tokens are taken. */
  readonly clientIds: readonly string[];
  /** @default the one that the pool's id begins with */
  readonly region?: string;
  /** Regions that hold a replica of the pool: each issues tokens under a name of its own. @default none */
  readonly replicaRegions?: readonly string[];
  /** The value of `iss` where it is none of AWS's: an emulator's, such as `http://localhost:9229/local_1`. */
  readonly issuer?: string;
  /**
   * The audiences that a token may be meant for besides its client, where clients ask for that (RFC 8707).
   * @default nothing else
   */
  readonly audiences?: readonly string[];
  /** Makes the key set of an address, as with a shared cache. @default createRemoteKeySet with no further options */
  readonly createKeySet?: (uri: string) => KeySet;
}

type ReadsClaims = Partial<ClaimReader<object>>;

/** The form of a pool's id, bounded as the service bounds it, so that nothing else becomes part of an address. */
const userPoolIdPattern = /^(?=.{1,55}$)([\w-]+)_[0-9a-zA-Z]+$/;

const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** The domains of AWS's partitions, by how their regions begin; all other regions are in `amazonaws.com`. */
const domains: readonly (readonly [string, string])[] = [
  ["cn-", "amazonaws.com.cn"],
  ["eusc-", "amazonaws.eu"],
  ["us-iso-", "c2s.ic.gov"],
  ["us-isob-", "sc2s.sgov.gov"],
  ["us-isof-", "csp.hci.ic.gov"],
  ["eu-isoe-", "cloud.adc-e.uk"],
];

/**
 * Trusts a Cognito user pool, whichever form its issuer has: the original one, its updated one, and the original one of
 * each region with a replica. Their keys are fetched when a token first comes in their name. A pool's own domain is
 * never its issuer.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 * @throws {TypeError} for what is no pool's id or no region, without clients, or a pool of no region without an issuer
 * @example
 * createJwtVerifier({
 *   issuers: [cognitoIssuer({ userPoolId: "eu-west-1_AbCdEfGhI", clientIds: ["1example23456789"] })],
 * });
 */
export function cognitoIssuer<Claims extends object>(
  options: CognitoIssuerOptions & ClaimReader<Claims>,
): TrustedIssuer<WithClaims<Principal, Claims>>;
export function cognitoIssuer(options: CognitoIssuerOptions): TrustedIssuer;
export function cognitoIssuer(options: CognitoIssuerOptions & ReadsClaims): TrustedIssuer {
  const { createKeySet = (uri) => createRemoteKeySet({ uri }) } = options;
  const issuers = issuerNames(options).map((issuer) => ({
    issuer,
    keys: createKeySet(`${issuer}/.well-known/jwks.json`),
  }));
  return trustCognitoTokens({ ...options, issuers });
}

/**
 * Trusts access tokens in Cognito's form (`token_use`, `client_id`, `username`), whoever issues them.
 *
 * @throws {TypeError} without clients
 */
export function trustCognitoTokens(options: {
  readonly issuers: readonly IssuerKeys[];
  readonly clientIds: readonly string[];
  readonly audiences?: readonly string[];
  readonly algorithms?: readonly string[];
  readonly readClaims?: ReadsClaims["readClaims"];
}): TrustedIssuer {
  const { issuers, clientIds, audiences = [], algorithms = ["RS256"], readClaims } = options;
  checkTexts("client", clientIds);
  const rules = { clientIds: new Set(clientIds), audiences: new Set(audiences) };
  return {
    issuers,
    algorithms,
    tokenTypes: accessTokenTypes,
    maxLifeSeconds: oneDaySeconds,
    readPrincipal: withClaims((claims) => readCognitoPrincipal(claims, rules), readClaims),
  };
}

function issuerNames({
  userPoolId,
  region,
  replicaRegions = [],
  issuer,
}: CognitoIssuerOptions): string[] {
  const home = userPoolIdPattern.exec(userPoolId)?.[1];
  if (home === undefined) throw new TypeError("That is no user pool's id.");
  if (issuer !== undefined) return [issuer];
  const primary = region ?? home;
  const regions = [primary, ...replicaRegions];
  if (!regions.every((name) => regionPattern.test(name))) {
    throw new TypeError("A user pool outside of AWS's regions needs its issuer given.");
  }
  return [
    ...new Set(
      regions.map((name) => `https://cognito-idp.${name}.${domainOf(name)}/${userPoolId}`),
    ),
    `https://issuer-cognito-idp.${primary}.${domainOf(primary)}/${userPoolId}`,
  ];
}

function domainOf(region: string): string {
  return domains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "amazonaws.com";
}
