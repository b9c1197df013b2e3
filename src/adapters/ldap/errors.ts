import { IdentityError, type IdentityErrorCode, isIdentityError } from "../../domain/errors.ts";

/**
 * Active Directory's reasons for a bind that failed, which it writes into the text of result 49. It tells all but the first
 * three to whoever has shown the right password; the lock is told to anyone, and for who exists alone, so it is no answer here.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes--1300-1699-
 */
const bindReasons: Readonly<Record<string, IdentityErrorCode>> = {
  // No such user; wrong password; locked after wrong ones.
  "525": "invalid_credentials",
  "52e": "invalid_credentials",
  "775": "invalid_credentials",
  // Not at this time; not from this machine.
  "530": "rejected_by_policy",
  "531": "rejected_by_policy",
  // The password has expired; it must be changed.
  "532": "password_reset_required",
  "773": "password_reset_required",
  // Disabled; past its time.
  "533": "user_disabled",
  "701": "user_disabled",
};

/** The error of a password policy (draft-behera-ldap-password-policy-11 section 6.2) by which a right password is not enough. */
const expired: readonly unknown[] = [0, 2];

/** Errors of it for a new password, by which more can be said than that it was refused. */
const policyReasons: Readonly<Record<number, string>> = { 6: "too_short", 7: "too_soon" };

/** Results of a bind that are about whoever binds: constraintViolation, noSuchObject, inappropriateAuthentication, invalidCredentials, unwillingToPerform. */
const refusals: readonly unknown[] = [19, 32, 48, 49, 53];

/** Results that whoever set the service up has to mend (RFC 4511 appendix A.2): rights, the base, filters, attributes, TLS. */
const misconfigured: ReadonlySet<unknown> = new Set([
  7, 8, 10, 12, 13, 16, 17, 18, 21, 32, 34, 48, 49, 50, 53,
]);

/** Faults of connecting that are as lasting: certificates, by the codes of OpenSSL, and packages that are not there. */
const lasting = /CERT|SELF_SIGNED|UNABLE_TO|could not be loaded|NotCapable/;

/** Gives the number of the directory's result, of an error that tells one. */
export function resultOf(error: unknown): number | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "number"
    ? error.code
    : undefined;
}

/**
 * Makes the error to throw for anything that a call to the directory threw: never one that blames the user. The directory's own
 * text stays out of it, as it can hold names.
 */
export function translate(error: unknown): IdentityError {
  if (isIdentityError(error)) return error;
  const result = resultOf(error);
  if (result !== undefined) {
    const code = misconfigured.has(result) ? "provider_misconfigured" : "provider_unavailable";
    return new IdentityError(code, { cause: resultCause(result) });
  }
  const { name = "", message = "", code = "" } = error instanceof Error ? Object(error) : {};
  if (/timed out|timeout|in time/i.test(message)) return timedOut();
  const isLasting = lasting.test(`${name} ${code} ${message}`);
  return new IdentityError(isLasting ? "provider_misconfigured" : "provider_unavailable", {
    cause: error,
  });
}

/** Says that the directory did not answer in time. */
export function timedOut(): IdentityError {
  return new IdentityError("provider_timeout", { retryAfterSeconds: 1 });
}

/** Makes the error of a user's bind that failed: theirs where the directory refused them, else its own. */
export function bindError(error: unknown, policyError: number | undefined): IdentityError {
  const result = resultOf(error);
  if (!refusals.includes(result)) return translate(error);
  const [, reason = ""] = /\bdata ([\da-f]{3})\b/i.exec((error as Error).message) ?? [];
  const code = bindReasons[reason.toLowerCase()];
  if (code) return new IdentityError(code);
  const isExpired = result === 49 && expired.includes(policyError);
  return new IdentityError(isExpired ? "password_reset_required" : "invalid_credentials");
}

/** Makes the error of a new password that was refused. */
export function passwordError(error: unknown, policyError: number | undefined): IdentityError {
  const result = resultOf(error);
  // 8: it is in the history. The others are about what it is made of, or that the last change was just now.
  if (policyError === 8) return new IdentityError("password_reused");
  if (result === 19 || [5, 6, 7].includes(policyError ?? -1)) {
    const reason = policyReasons[policyError ?? -1] ?? "refused";
    return new IdentityError("password_policy_violation", {
      violations: [{ path: ["newPassword"], reason }],
    });
  }
  // Not this user, or nobody.
  if (result === 50 || result === 53) {
    return new IdentityError("rejected_by_policy", { cause: resultCause(result) });
  }
  return translate(error);
}

function resultCause(result: number): Error {
  const cause = new Error(`The directory answered with result ${result}.`);
  return Object.assign(cause, { code: `ldap_${result}` });
}
