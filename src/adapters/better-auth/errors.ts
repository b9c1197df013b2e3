import { IdentityError, isIdentityError } from "../../domain/errors.ts";

/** Faults that whoever set the service up has to mend, by the `code` or the name of what was thrown. */
const misconfigured: ReadonlySet<unknown> = new Set([
  // Another secret than the keys were encrypted with, or tables that are not as they must be.
  "BetterAuthError",
  "UnsafeMigrationError",
  // Deno was not granted the database.
  "NotCapable",
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
  "ERR_UNKNOWN_BUILTIN_MODULE",
  // PostgreSQL, appendix A: wrong password, no such role, database or schema, no right to it.
  "28P01",
  "28000",
  "3D000",
  "3F000",
  "42501",
]);

/** Makes the error to throw for anything that was caught: one that is none of ours says that the database failed. */
export function translate(error: unknown): IdentityError {
  if (isIdentityError(error)) return error;
  const isSetUpWrong =
    error instanceof Error &&
    (misconfigured.has(error.name) || ("code" in error && misconfigured.has(error.code)));
  return new IdentityError(isSetUpWrong ? "provider_misconfigured" : "provider_unavailable", {
    cause: error,
  });
}

/** Refuses an input member. */
export function invalid(path: readonly string[], reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path, reason }] });
}

/** Refuses for a while. */
export function tooManyAttempts(waitMs: number): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("too_many_attempts", { retryAfterSeconds });
}

/** Says that a token is good but what it stands for has ended. */
export function revoked(): IdentityError {
  return new IdentityError("token_revoked", { rejection: "revoked" });
}
