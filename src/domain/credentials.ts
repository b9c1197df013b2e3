import { IdentityError, type Violation } from "./errors.ts";

/**
 * Makes the pattern that a user name has to match: letters, marks, symbols, numbers and punctuation; so no white space,
 * control, format, private-use or unassigned characters. Like the profiles of RFC 8265 section 3, and what every
 * directory behind the port takes.
 */
export function usernamePattern(): RegExp {
  // No constant, as no start should wait for it: the engine goes through all of Unicode to make it.
  return /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;
}

/** Longest user name, in UTF-16 code units. */
export const usernameMaxLength = 128;

/**
 * Shortest password that any provider is asked to accept, in characters (OWASP ASVS 5.0, 6.2.1). A provider may ask
 * for more. There is no rule of ours on its composition (6.2.5).
 */
export const passwordMinLength = 8;

/** Longest password, in characters: beyond it a slow hash becomes a way to keep a server busy (ASVS 6.2.9). */
export const passwordMaxLength = 256;

/**
 * Brings a user name into the one form under which providers see it: Unicode NFC, so that the two ways to write `é`
 * are one account. Case is the provider's to fold, since only it knows how its directory compares.
 *
 * @throws {IdentityError} `validation_failed` — empty, too long, or with characters that no user name may have
 */
export function normalizeUsername(username: string): string {
  const normalized = username.normalize("NFC");
  if (normalized.length > usernameMaxLength) throw invalid(["username"], "too_long");
  if (!usernamePattern().test(normalized)) throw invalid(["username"], "invalid_characters");
  return normalized;
}

/**
 * Brings the user name of a new account into its normal form. A dot segment is none, as no path can name it: everybody who
 * reads an address takes it away (RFC 3986 section 5.2.4), percent-encoded or not (https://url.spec.whatwg.org/#single-dot-path-segment).
 *
 * @throws {IdentityError} `validation_failed` — as {@link normalizeUsername}, or a dot segment
 */
export function newUsername(username: string): string {
  const normalized = normalizeUsername(username);
  if (isDotSegment(normalized)) throw invalid(["username"], "dot_segment");
  return normalized;
}

/** Tells whether a name would be lost in a path. */
export function isDotSegment(name: string): boolean {
  return name === "." || name === "..";
}

/**
 * Checks a password about to be set against the rules that hold for every provider. Runs before anything is looked up,
 * so that a weak password gets the same answer whether or not the account exists.
 *
 * @param member - the input member that holds the password, for the error
 * @throws {IdentityError} `password_policy_violation` — shorter or longer than allowed, or not well-formed Unicode
 */
export function checkNewPassword(password: string, member: string): void {
  const length = [...password].length;
  if (length < passwordMinLength) throw weak(member, "too_short");
  if (length > passwordMaxLength) throw weak(member, "too_long");
  // A lone surrogate would become U+FFFD in UTF-8, and two different passwords one.
  if (!password.isWellFormed()) throw weak(member, "invalid_characters");
}

function invalid(path: readonly string[], reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path, reason }] });
}

function weak(member: string, reason: string): IdentityError {
  const violation: Violation = { path: [member], reason };
  return new IdentityError("password_policy_violation", { violations: [violation] });
}
