import type { IdentityErrorCode } from "../../../domain/errors.ts";
import {
  type ExceptionMeaning,
  type ExceptionReading,
  meaning,
  means,
  onAccessToken,
  onAdministration,
  type ProviderMethod,
} from "./exception-meaning.ts";

/** The seconds to wait after wrong passwords: locks double from one second to about 15 minutes. */
const lockRetrySeconds = 60;

/**
 * The meanings of `NotAuthorizedException`, by its message: it stands for some twenty things. The first row that fits
 * counts; AWS documents no message, so rows look for words and not for sentences. Ours come first, as they say nothing
 * about the user. A message that fits no row is read as what the method mostly means by it.
 */
const rows: readonly (readonly [RegExp, ExceptionReading])[] = [
  [/unauthorized attribute/i, means("attribute_not_writable")],
  [/secret|not authorized to perform|\bclient\b/i, means("provider_misconfigured")],
  [/security reasons/i, means("blocked")],
  [/attempts exceeded/i, lockedOut],
  [/temporary password has expired/i, means("temporary_password_expired")],
  [/sign ?up is not permitted/i, means("sign_up_disabled")],
  [/cannot be confirmed/i, means("already_confirmed")],
  [/password cannot be reset/i, means("recovery_unavailable", { resetPassword: "code_mismatch" })],
  // Of an attribute that a new password was to bring along.
  [/cannot modify/i, means("attribute_not_writable")],
  // Where sessions are listed and ended, too, a session is what the access token is of.
  [/current session/i, means("conflict")],
  [/invalid session/i, means("challenge_expired")],
  [/access token has expired/i, means("token_expired")],
  [/access token has been revoked/i, means("token_revoked")],
  [/required scopes/i, means("insufficient_scope")],
  [/verify signature/i, () => ({ code: "invalid_token", rejection: "bad_signature" })],
  [/access token/i, means("invalid_token")],
  // Whether Cognito has looked at the password by then is not known, so a sign-in says no more than that it failed.
  [/user is disabled/i, (method) => meaning(disabled[method] ?? usual[method])],
];

/** Disabling a user revokes their access tokens, and nobody is sent a code for an account that is disabled. */
const disabled: Partial<Record<ProviderMethod, IdentityErrorCode>> = {
  ...onAccessToken("token_revoked"),
  requirePasswordReset: "recovery_unavailable",
};

const usual: Readonly<Record<ProviderMethod, IdentityErrorCode>> = {
  signUp: "provider_misconfigured",
  confirmSignUp: "code_mismatch",
  resendConfirmation: "user_not_found",
  signIn: "invalid_credentials",
  answerChallenge: "invalid_credentials",
  refresh: "invalid_refresh_token",
  signOut: "invalid_refresh_token",
  startPasswordReset: "recovery_unavailable",
  resetPassword: "code_mismatch",
  ...onAccessToken("invalid_token"),
  changePassword: "invalid_credentials",
  ...onAdministration("provider_misconfigured"),
};

/** Reads a `NotAuthorizedException`. */
export function readNotAuthorized(method: ProviderMethod, message: string): ExceptionMeaning {
  const row = rows.find(([words]) => words.test(message));
  return row ? row[1](method, message) : meaning(usual[method]);
}

/** Tells whether an error of Cognito's, and not of code of the operator's, is about the client's secret. */
export function isAboutClientSecret(error: unknown): boolean {
  return error instanceof Error && /secret/i.test(error.message) && !/Lambda/.test(error.name);
}

function lockedOut(): ExceptionMeaning {
  return { code: "too_many_attempts", retryAfterSeconds: lockRetrySeconds };
}
