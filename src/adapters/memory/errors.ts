import {
  IdentityError,
  type IdentityErrorCode,
  type IdentityErrorOptions,
} from "../../domain/errors.ts";

/**
 * The reason behind a refusal whose code, for good reason, says less. It goes with the error as its cause, for logs and
 * for whoever has to tell such cases apart in another protocol.
 */
export type RefusalReason =
  | "user_not_found"
  | "wrong_password"
  | "wrong_code"
  | "no_code"
  | "code_spent"
  | "totp_replayed"
  | "session_unknown"
  | "session_expired"
  | "session_used"
  | "session_of_other_challenge"
  | "refresh_token_unknown"
  | "refresh_token_expired"
  | "refresh_token_revoked";

interface Refusal {
  readonly reason: RefusalReason;
}

/** Makes an error that keeps the reason behind it. */
export function refused(
  code: IdentityErrorCode,
  reason: RefusalReason,
  options: Omit<IdentityErrorOptions, "cause"> = {},
): IdentityError {
  const cause: Refusal = { reason };
  return new IdentityError(code, { ...options, cause });
}

/** Reads the reason behind an error, where {@link refused} made it. */
export function reasonOf(error: unknown): RefusalReason | undefined {
  return error instanceof IdentityError && isRefusal(error.cause) ? error.cause.reason : undefined;
}

/** Makes the refusal of what was tried too often. */
export function tooManyAttempts(waitMs: number): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("too_many_attempts", { retryAfterSeconds });
}

/** Makes the refusal of an input member. */
export function invalid(path: readonly string[], reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path, reason }] });
}

function isRefusal(cause: unknown): cause is Refusal {
  return typeof cause === "object" && cause !== null && "reason" in cause;
}
