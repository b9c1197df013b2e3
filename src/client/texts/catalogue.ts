import { type ErrorCode, isPorticoError, type PorticoError } from "../errors.ts";
import type { Fault } from "../schemas.ts";

/** The words for what can be wrong with one member of a request. A newer service can have more. */
export type FaultReason =
  | "already_set"
  | "compromised"
  | "differs_from_username"
  | "dot_segment"
  | "invalid"
  | "invalid_characters"
  | "invalid_format"
  | "invalid_name"
  | "invalid_syntax"
  | "invalid_type"
  | "invalid_value"
  | "is_email"
  | "is_phone_number"
  | "is_preferred_username"
  | "missing"
  | "missing_digit"
  | "missing_lowercase"
  | "missing_symbol"
  | "missing_uppercase"
  | "not_allowed"
  | "not_an_address"
  | "not_confirmed"
  | "not_enabled"
  | "not_offered"
  | "not_supported"
  | "rejected"
  | "repeated"
  | "required"
  | "second_factor"
  | "too_deep"
  | "too_large"
  | "too_long"
  | "too_many"
  | "too_many_users"
  | "too_short"
  | "too_small"
  | "unknown"
  | "unknown_attribute"
  | "unknown_member"
  | "unknown_operator";

/** The texts of a language, for whoever signs in. It does not compile until it has one for each code and reason. */
export interface Catalogue {
  /** The language's tag (BCP 47), such as `en`. */
  readonly language: string;
  /** For each code. `{when}` stands for when to try again, as in "in 5 minutes". */
  readonly errors: Readonly<Record<ErrorCode, string>>;
  /** For what is wrong with one field. */
  readonly faults: Readonly<Record<FaultReason, string>>;
  /** In the place of `{when}` where that is not known. */
  readonly later: string;
}

/**
 * Gives the text for an error, to be shown to the user. One that is no `PorticoError`, or has a code that this catalogue is
 * older than, gets that of `internal_error` or of `malformed_request`, by who would have to mend it.
 */
export function textOf(error: unknown, catalogue: Catalogue): string {
  const { errors, later } = catalogue;
  if (!isPorticoError(error)) return errors.internal_error.replace("{when}", later);
  const text = errors[Object.hasOwn(errors, error.code) ? error.code : relativeOf(error)];
  return text.replace("{when}", whenOf(error.retryAfter, catalogue));
}

/** Gives the text for what is wrong with one field. */
export function faultTextOf({ reason }: Fault, { faults }: Catalogue): string {
  return faults[Object.hasOwn(faults, reason) ? (reason as FaultReason) : "invalid"];
}

function relativeOf({ status }: PorticoError): ErrorCode {
  if (status === 429) return "rate_limited";
  return status >= 400 && status < 500 ? "malformed_request" : "internal_error";
}

function whenOf(seconds: number | undefined, { language, later }: Catalogue): string {
  if (seconds === undefined) return later;
  const format = new Intl.RelativeTimeFormat(language);
  if (seconds < 100) return format.format(seconds, "second");
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100
    ? format.format(minutes, "minute")
    : format.format(Math.ceil(minutes / 60), "hour");
}
