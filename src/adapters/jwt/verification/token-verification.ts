import { hasIdentityCode } from "../../../domain/errors.ts";
import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { readConfirmation } from "../claims/confirmation.ts";
import type { TokenHeader } from "../format/header.ts";
import { rejected } from "../format/rejection.ts";
import type { KnownIssuer } from "../issuers/known-issuers.ts";
import type { SignatureCheck } from "./signature-checks.ts";
import { checkTime, readValidTime } from "./token-times.ts";
import type { VerifierSettings } from "./verifier-options.ts";

/**
 * Verifies a token from its first character on. What costs nothing comes first, so that rubbish is refused before a
 * key is asked for, and time comes last: `token_expired` says that nothing else is wrong.
 *
 * Concurrent calls with one token share the check of its signature, but each waits for the keys by itself: on Workers
 * such a wait may end with the request that it belongs to.
 *
 * This is one function of many calls that return at once, rather than of many that are waited for: each of those takes
 * half a microsecond with some tokens under way, and a signature takes twenty.
 *
 * @param tail - as from {@link tailOf}
 * @throws {IdentityError} as `TokenVerifier.verify`
 */
export async function verifyToken(
  token: string,
  tail: number,
  settings: VerifierSettings,
): Promise<AnyPrincipal> {
  const { issuers, reader, checks, tokens, clock } = settings;
  const unverified = reader.read(token);
  const { header, claims } = unverified;
  // Nobody vouches for the issuer yet: it says whose keys the signature has to match, and whose rules hold.
  const found = typeof claims.iss === "string" ? issuers.find(claims.iss) : undefined;
  const issuer = found instanceof Promise ? await found : found;
  if (!issuer) throw rejected("wrong_issuer");
  checkHeader(header, issuer);
  const keys = issuer.keys.ready();
  const ready = keys instanceof Promise ? await keys : keys;
  const key = ready.get(header.keyName) ?? (await issuer.keys.prepare(header));
  let check: SignatureCheck | undefined;
  let isGood: boolean;
  try {
    check = checks.begin(unverified, tail, key);
    isGood = await check.isGood;
  } catch (cause) {
    throw rejected("bad_signature", undefined, cause);
  } finally {
    if (check) checks.end(check);
  }
  reader.release(unverified);
  if (!isGood) throw rejected("bad_signature");
  const principal = readPrincipal(claims, issuer, settings.takesBoundTokens);
  const validTime = readValidTime(claims, settings, issuer.rules);
  checkTime(validTime, clock);
  tokens.keep({ token, tail, principal, issuer, key, validTime });
  return principal;
}

function checkHeader(header: TokenHeader, { algorithms, tokenTypes, rules }: KnownIssuer): void {
  const { algorithm, keyId, type, namesKeyAddress } = header;
  if (namesKeyAddress && !rules.ignoreJku) throw rejected("malformed", "header_member");
  if (!algorithms.has(algorithm)) throw rejected("unsupported_algorithm");
  if (keyId === undefined && !rules.allowMissingKeyId) throw rejected("unknown_key");
  if (!tokenTypes.has(type)) throw rejected("wrong_use", "other_type");
}

function readPrincipal(
  claims: JsonObject,
  { rules }: KnownIssuer,
  takesBoundTokens: boolean,
): AnyPrincipal {
  // Whoever shows a token that is bound to a key (RFC 7800) must prove to have that key, which nobody checks here.
  const confirmation = takesBoundTokens ? readConfirmation(claims.cnf) : undefined;
  if (!confirmation && claims.cnf !== undefined) throw rejected("wrong_use", "bound_to_key");
  try {
    const read = rules.readPrincipal(claims);
    const principal = confirmation ? { ...read, confirmation } : read;
    // It may be given out again and again, so nobody may change it.
    Object.freeze(principal.scopes);
    if (principal.kind === "user") Object.freeze(principal.groups);
    return Object.freeze(principal);
  } catch (error) {
    if (hasIdentityCode(error)) throw error;
    throw rejected("invalid_claims", undefined, error);
  }
}
