import type { RateLimitStatus } from "./rate-limit.ts";

/**
 * Every code that an error of ours can carry. Codes are part of the public contract: once landed, one is never
 * renamed or removed.
 */
export const identityErrorCodes = [
  "malformed_request",
  "validation_failed",
  "unsupported_token_type",
  "invalid_credentials",
  "invalid_token",
  "token_expired",
  "token_revoked",
  "invalid_refresh_token",
  "refresh_token_reused",
  "invalid_client",
  "challenge_expired",
  "reauthentication_required",
  "user_not_confirmed",
  "password_reset_required",
  "user_disabled",
  "temporary_password_expired",
  "sign_up_disabled",
  "insufficient_scope",
  "attribute_not_writable",
  "rejected_by_policy",
  "blocked",
  "origin_not_allowed",
  "not_found",
  "user_not_found",
  "group_not_found",
  "method_not_allowed",
  "payload_too_large",
  "unsupported_media_type",
  "username_taken",
  "alias_taken",
  "already_confirmed",
  "recovery_unavailable",
  "mfa_not_available",
  "conflict",
  "password_policy_violation",
  "password_reused",
  "password_compromised",
  "code_mismatch",
  "code_expired",
  "passkey_rejected",
  "rate_limited",
  "too_many_attempts",
  "internal_error",
  "provider_misconfigured",
  "not_supported",
  "delivery_failed",
  "provider_extension_failed",
  "provider_unavailable",
  "keys_unavailable",
  "overloaded",
  "provider_timeout",
] as const;

/** The stable machine name of a fault. */
export type IdentityErrorCode = (typeof identityErrorCodes)[number];

/**
 * Why a token was refused. Closed and free of anything the token said, so that it may be shown in a
 * `WWW-Authenticate` challenge and counted in a metric.
 */
export type TokenRejection =
  | "malformed"
  | "unsupported_algorithm"
  | "unknown_key"
  | "bad_signature"
  | "expired"
  | "not_yet_valid"
  | "wrong_issuer"
  | "wrong_client"
  | "wrong_use"
  | "invalid_claims"
  | "revoked"
  | "invalid_proof"
  | "nonce_required";

/**
 * Which one it was of the faults that one {@link TokenRejection} stands for: for logs and metrics alone, as callers are
 * told no more than that word. Closed, and free of anything the token said; more may come.
 */
export type RejectionReason =
  /** Of `malformed`: a member of the header that no access token needs, such as a key. */
  | "header_member"
  /** Of `wrong_client`: no client named, two, or one whose tokens are not taken; meant for nobody, or for others. */
  | "no_client"
  | "several_clients"
  | "other_client"
  | "no_audience"
  | "other_audience"
  /** Of `wrong_use`: another `typ` in the header, an ID token or a refresh token, or bound to a key as one may not be. */
  | "other_type"
  | "no_access_token"
  | "bound_to_key"
  | "bound_to_no_key"
  /** Of `invalid_claims`: a longer life than the issuer is said to give, or a claim that has to be there. */
  | "life_too_long"
  | "missing_claim";

/** One thing wrong with one input member. */
export interface Violation {
  /** The place of it, as the member names of the use case's input: `["attributes", "email"]`. */
  readonly path: readonly string[];
  /** The fault, as a stable lower snake_case word (`required`, `too_short`, `missing_digit`, …). Never the value. */
  readonly reason: string;
}

/** The members that an {@link IdentityError} can have besides its code. */
export interface IdentityErrorOptions {
  /** A sentence that is safe to show to anyone: no token, password, code, address or upstream message. */
  readonly detail?: string;
  /** The error that was caught, for logs only. */
  readonly cause?: unknown;
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** The limits that are used up, of `rate_limited` and `too_many_attempts`, where they are the service's own. */
  readonly limits?: readonly RateLimitStatus[];
  /** Which input members are at fault, for `validation_failed`, `password_policy_violation` and `password_compromised`. */
  readonly violations?: readonly Violation[];
  /** Why a token was refused, for `invalid_token`, `token_expired` and `token_revoked`. */
  readonly rejection?: TokenRejection | undefined;
  /** Which of the faults it was that the rejection stands for, for logs only. */
  readonly rejectionReason?: RejectionReason | undefined;
}

/** The one error class of Portico: test {@link IdentityError.code}, not the class or the message. */
export class IdentityError extends Error {
  override readonly name = "IdentityError";
  readonly code: IdentityErrorCode;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly violations: readonly Violation[];
  readonly limits: readonly RateLimitStatus[];
  readonly rejection: TokenRejection | undefined;
  readonly rejectionReason: RejectionReason | undefined;

  constructor(code: IdentityErrorCode, options: IdentityErrorOptions = {}) {
    super(
      options.detail ?? code,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.violations = options.violations ?? [];
    this.limits = options.limits ?? [];
    this.rejection = options.rejection;
    this.rejectionReason = options.rejectionReason;
  }
}

/**
 * Tells whether something caught is an {@link IdentityError}, of one of the given codes if any are given.
 * Goes by shape, so that it also holds when two copies of the package are loaded.
 */
export function isIdentityError(
  error: unknown,
  ...codes: readonly IdentityErrorCode[]
): error is IdentityError {
  return hasIdentityCode(error, codes.length > 0 ? codes : identityErrorCodes);
}

/**
 * Tells whether something caught is an {@link IdentityError} of one of the given codes, or of any, be it one that a newer
 * copy of the package has alone.
 */
export function hasIdentityCode(
  error: unknown,
  codes?: readonly IdentityErrorCode[],
): error is IdentityError {
  if (!(error instanceof Error) || error.name !== "IdentityError" || !("code" in error))
    return false;
  const known: readonly unknown[] = codes ?? [error.code];
  return known.includes(error.code);
}
