import { type CryptoKey, compactVerify } from "jose";
import type { Clock, KeySet, TokenVerifier } from "../../ports/index.ts";
import { type ClaimRules, readPrincipal } from "./claims.ts";
import { readHeader } from "./header.ts";
import { rejected } from "./rejection.ts";
import { parseObject, splitToken } from "./segments.ts";
import { signingKeysOf } from "./signing-keys.ts";

/** What {@link createJwtVerifier} needs to know. */
export interface JwtVerifierOptions {
  /** The one issuer whose tokens are taken, compared character by character. */
  readonly issuer: string;
  /** The clients whose tokens are taken: at least one. */
  readonly clientIds: readonly string[];
  /** The issuer's keys. */
  readonly keys: KeySet;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** Signature algorithms that are taken: asymmetric ones only. @default ["RS256"] */
  readonly algorithms?: readonly string[];
  /** How far the issuer's clock may be off, in seconds, up to 60. @default 5 */
  readonly clockToleranceSeconds?: number;
}

/** Asymmetric signature algorithms (RFC 7518 section 3.1, RFC 8037, RFC 9864). */
const asymmetricAlgorithms = new Set(
  "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" "),
);

const maxClockToleranceSeconds = 60;

/**
 * Makes a verifier of JWT access tokens in Amazon Cognito's form (`token_use`, `client_id`, `username`), which goes by
 * RFC 8725 throughout: nothing in a token chooses how it is verified.
 *
 * @throws {TypeError} for options that would take too much: no issuer, no client, no algorithm, `none`, a shared secret
 * @example
 * const keys = createRemoteKeySet({ uri: `${issuer}/.well-known/jwks.json` });
 * const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
 * const principal = await verifier.verify(accessToken);
 */
export function createJwtVerifier(options: JwtVerifierOptions): TokenVerifier {
  const rules = claimRules(options);
  const algorithms = allowedAlgorithms(options.algorithms ?? ["RS256"]);
  const findKey = signingKeysOf(options.keys);
  return {
    async verify(accessToken) {
      const [headerSegment] = splitToken(accessToken);
      const header = readHeader(headerSegment, algorithms);
      const key = await findKey(header);
      const payload = await verifiedPayload(accessToken, key, header.algorithm);
      return readPrincipal(parseObject(payload), rules);
    },
  };
}

function claimRules(options: JwtVerifierOptions): ClaimRules {
  const { issuer, clientIds, clock = Date, clockToleranceSeconds = 5 } = options;
  if (!issuer) throw new TypeError("A verifier needs an issuer.");
  if (clientIds.length === 0 || clientIds.some((clientId) => !clientId)) {
    throw new TypeError("A verifier needs the ids of its clients.");
  }
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= maxClockToleranceSeconds)) {
    throw new TypeError("A verifier's clock tolerance is 0 to 60 seconds.");
  }
  return { issuer, clientIds: new Set(clientIds), clock, clockToleranceSeconds };
}

function allowedAlgorithms(algorithms: readonly string[]): ReadonlySet<string> {
  if (algorithms.length === 0) throw new TypeError("A verifier needs an algorithm.");
  for (const algorithm of algorithms) {
    if (!asymmetricAlgorithms.has(algorithm)) {
      throw new TypeError("A verifier takes asymmetric signature algorithms only.");
    }
  }
  return new Set(algorithms);
}

async function verifiedPayload(
  token: string,
  key: CryptoKey,
  algorithm: string,
): Promise<Uint8Array> {
  try {
    const { payload } = await compactVerify(token, key, { algorithms: [algorithm] });
    return payload;
  } catch (cause) {
    throw rejected("bad_signature", cause);
  }
}
