import { rejected } from "../format/rejection.ts";

/** Longest text that a claim may be, in characters: as for the subject in OpenID Connect Core 1.0 section 2. */
const maxTextLength = 255;

/** Text of ASCII, as nearly all claims are, that {@link showable} takes. */
const showableAscii = /^ *[!-~][ -~]*$/;

let madePattern: RegExp | undefined;

/**
 * No control characters, and one that can be seen: neither a space nor one that is shown as nothing. Made when it is needed,
 * as the engine goes through all of Unicode for it.
 */
function showable(): RegExp {
  madePattern ??= /^\P{Cc}*?[^\s\p{DI}\p{Cc}]\P{Cc}*$/u;
  return madePattern;
}

/**
 * Reads a claim that names something: text that can be shown, logged and compared as it is.
 *
 * @throws {IdentityError} `invalid_token` — not text, empty or blank, too long, or with characters that no name has
 */
export function readText(claim: unknown): string {
  if (!isText(claim)) throw rejected("invalid_claims");
  return claim;
}

/** Tells whether a claim is text that {@link readText} takes. */
export function isText(claim: unknown): claim is string {
  if (typeof claim !== "string" || claim.length > maxTextLength) return false;
  if (showableAscii.test(claim)) return true;
  return showable().test(claim) && claim.isWellFormed();
}

/**
 * Reads a time in seconds since the epoch, whole or not (RFC 7519 section 2).
 *
 * @throws {IdentityError} `invalid_token` — no number, or none that a time can be
 */
export function readTime(claim: unknown): number {
  if (!isTime(claim)) throw rejected("invalid_claims");
  return claim;
}

/** Tells whether a claim is a time that {@link readTime} takes. */
export function isTime(claim: unknown): claim is number {
  return typeof claim === "number" && Number.isFinite(claim) && claim > 0;
}

/**
 * Reads words with single spaces between (RFC 6749 section 3.3). Nothing there is no words.
 *
 * @throws {IdentityError} `invalid_token` — not text
 */
export function readWords(claim: unknown): readonly string[] {
  if (claim === undefined) return [];
  if (typeof claim !== "string") throw rejected("invalid_claims");
  return claim.split(" ").filter((word) => word !== "");
}

/**
 * Reads a list of names. Nothing there is an empty list; one name by itself is no list, since asking whether
 * "superadmin" includes "admin" must never come to be.
 *
 * @throws {IdentityError} `invalid_token` — no list, or not of names alone
 */
export function readNames(claim: unknown): readonly string[] {
  if (claim === undefined) return [];
  if (!Array.isArray(claim)) throw rejected("invalid_claims");
  return claim.map(readText);
}
