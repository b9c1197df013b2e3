import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { Clock, KeySet } from "../../../ports/index.ts";
import { createTokenReader, type TokenReader } from "../format/token-reader.ts";
import { trustCognitoTokens } from "../issuers/cognito-issuer.ts";
import { type FindIssuer, foundIssuers } from "../issuers/found-issuers.ts";
import { type KnownIssuers, listedIssuers } from "../issuers/known-issuers.ts";
import type { TrustedIssuer } from "../issuers/trusted-issuer.ts";
import { createSignatureChecks, type SignatureChecks } from "./signature-checks.ts";
import type { TimeRules } from "./token-times.ts";
import {
  createVerifiedTokens,
  noTokenCache,
  type TokenCacheOptions,
  type VerifiedTokens,
} from "./verified-tokens.ts";

/** The options of {@link createJwtVerifier}: whose tokens to take, in one of two ways, and on which terms. */
export type JwtVerifierOptions<P extends AnyPrincipal = Principal> = (
  | SingleIssuerOptions
  | SeveralIssuersOptions<P>
) &
  VerifierTerms<P>;

/** One issuer, whose access tokens are in Amazon Cognito's form (`token_use`, `client_id`, `username`). */
export interface SingleIssuerOptions {
  /** The one issuer whose tokens are taken, compared character by character. */
  readonly issuer: string;
  /** The clients whose tokens are taken: at least one. */
  readonly clientIds: readonly string[];
  /** The issuer's keys. */
  readonly keys: KeySet;
  /** Signature algorithms that are taken: asymmetric ones only. @default ["RS256"] */
  readonly algorithms?: readonly string[];
}

/** Any number of issuers of any kind. */
export interface SeveralIssuersOptions<P extends AnyPrincipal = Principal> {
  /**
   * The issuers, from {@link cognitoIssuer}, {@link oauthIssuer}, {@link oidcIssuer} or {@link idTokenIssuer}, or a function that finds one by
   * the `iss` of a token, for issuers that are known only at run time.
   *
   * The function is given what anybody may have written: it should look the name up, never fetch from it. What it
   * finds counts for ten minutes, and a name that it does not know for ten seconds, a thousand of these at most. It should
   * give the same object again for an issuer that has not changed: its tokens stay verified then, however often it is asked;
   * or the same `keys` at least, as these remember what was fetched. What it throws becomes `keys_unavailable`.
   */
  readonly issuers: readonly TrustedIssuer<P>[] | FindIssuer<P>;
  /**
   * Most issuers that are remembered of those that a function found: at least 1. With two RSA keys each takes about 12 KiB.
   * Beyond them those go that are used least, and are looked up again when a token comes. @default 10000
   */
  readonly maxIssuers?: number;
}

/** The terms that hold whoever the issuer is. */
export interface VerifierTerms<P extends AnyPrincipal = Principal> {
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The tolerance for an issuer's clock that is off, in seconds, up to 60. @default 5 */
  readonly clockToleranceSeconds?: number;
  /**
   * The bounds of the cache of tokens that were found good, so that they need not be verified again; `false` for none.
   * One is kept when it comes for the second time, and no longer than it is valid and its key is published; beyond the
   * bounds those go that are used least. Besides them the cache takes 8 bytes for each of `maxEntries`, 8 KiB to 8 MiB. Tokens
   * that are bound to a key are counted by themselves. Those who show one token at a time share the check of its
   * signature with or without.
   * @default 10000 tokens in 32 MiB, by estimate
   */
  readonly cache?: TokenCacheOptions | false;
  /**
   * Tells whether a token that is good in every way was revoked all the same. Asked in each verification, be the token
   * kept or new. Should it throw, the token is not taken: an {@link IdentityError} goes to the caller as it is, and
   * anything else becomes `provider_unavailable`. @default nothing is revoked
   */
  readonly isRevoked?: (principal: NoInfer<P>) => boolean | Promise<boolean>;
}

/** The options with all that was left out, checked and made ready. */
export interface VerifierSettings extends TimeRules {
  readonly issuers: KnownIssuers;
  readonly reader: TokenReader;
  readonly checks: SignatureChecks;
  readonly tokens: VerifiedTokens;
  readonly isRevoked: VerifierTerms<AnyPrincipal>["isRevoked"];
  /** Whether the tokens that are taken are those that are bound to a key, or those that are not: never both. */
  readonly takesBoundTokens: boolean;
}

const maxClockToleranceSeconds = 60;

/**
 * Fills in and checks the options of a verifier.
 *
 * @throws {TypeError} for options that would take too much, or could not work
 */
export function readOptions(options: JwtVerifierOptions<AnyPrincipal>): VerifierSettings {
  const { clock = Date, clockToleranceSeconds = 5, cache, isRevoked } = options;
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= maxClockToleranceSeconds)) {
    throw new TypeError("A verifier's clock tolerance is 0 to 60 seconds.");
  }
  return {
    clock,
    clockToleranceSeconds,
    issuers: readIssuers(options, clock),
    reader: createTokenReader(),
    checks: createSignatureChecks(),
    tokens: cache === false ? noTokenCache : createVerifiedTokens(cache),
    isRevoked,
    takesBoundTokens: false,
  };
}

function readIssuers(options: JwtVerifierOptions<AnyPrincipal>, clock: Clock): KnownIssuers {
  if (!("issuers" in options)) {
    const { issuer, keys, clientIds, algorithms = ["RS256"] } = options;
    return listedIssuers([
      trustCognitoTokens({ issuers: [{ issuer, keys }], clientIds, algorithms }),
    ]);
  }
  if ("issuer" in options) throw new TypeError("A verifier takes one issuer or several, not both.");
  const { issuers, maxIssuers } = options;
  if (typeof issuers === "function") return foundIssuers(issuers, { clock, maxIssuers });
  return listedIssuers(issuers);
}
