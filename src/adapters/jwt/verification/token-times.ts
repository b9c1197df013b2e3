import type { Clock } from "../../../ports/index.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { readTime } from "../claims/claim-readers.ts";
import { rejected } from "../format/rejection.ts";
import type { TrustedIssuer } from "../issuers/trusted-issuer.ts";

/** The terms that a token's times are held against. */
export interface TimeRules {
  readonly clock: Clock;
  readonly clockToleranceSeconds: number;
}

/** The times between which a token is taken, in milliseconds since the epoch: the first included, the last not. */
export interface ValidTime {
  readonly from: number;
  readonly until: number;
}

/**
 * Reads between which times a token is to be taken, by the clock of an issuer that may be off by the tolerance.
 * "On or after" its end it counts as expired (RFC 7519 section 4.1.4).
 *
 * A life longer than the issuer gives any token gives one away that is not what it should be, or counts in
 * milliseconds.
 *
 * @throws {IdentityError} `invalid_token` — a time is missing or none, or they do not fit each other
 */
export function readValidTime(
  { iat, nbf, exp }: JsonObject,
  { clockToleranceSeconds }: TimeRules,
  { maxLifeSeconds }: Pick<TrustedIssuer, "maxLifeSeconds">,
): ValidTime {
  const issuedAt = readTime(iat);
  const expiresAt = readTime(exp);
  if (expiresAt <= issuedAt) throw rejected("invalid_claims");
  if (expiresAt - issuedAt > maxLifeSeconds) throw rejected("invalid_claims", "life_too_long");
  const notBefore = nbf === undefined ? issuedAt : Math.max(issuedAt, readTime(nbf));
  return {
    from: (notBefore - clockToleranceSeconds) * 1000,
    until: (expiresAt + clockToleranceSeconds) * 1000,
  };
}

/** Tells whether a token is to be taken now. */
export function isWithinValidTime({ from, until }: ValidTime, clock: Clock): boolean {
  const now = clock.now();
  return now >= from && now < until;
}

/**
 * Expects that a token is to be taken now.
 *
 * @throws {IdentityError} `invalid_token` — it is not valid yet
 * @throws {IdentityError} `token_expired` — its time is over
 */
export function checkTime(validTime: ValidTime, clock: Clock): void {
  if (isWithinValidTime(validTime, clock)) return;
  throw rejected(clock.now() < validTime.from ? "not_yet_valid" : "expired");
}
