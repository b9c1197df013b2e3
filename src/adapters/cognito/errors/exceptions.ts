import { IdentityError, type IdentityErrorCode, isIdentityError } from "../../../domain/errors.ts";
import {
  type ExceptionMeaning,
  type ExceptionReading,
  meaning,
  means,
  onAccessToken,
  type ProviderMethod,
} from "./exception-meaning.ts";
import { readInvalidParameter } from "./invalid-parameter.ts";
import { readInvalidPassword } from "./invalid-password.ts";
import { readNotAuthorized } from "./not-authorized.ts";
import { retryAfterOf } from "./retry-after.ts";

const creatingMethods: ReadonlySet<ProviderMethod> = new Set([
  "signUp",
  "createUser",
  "resendInvitation",
]);

/** Cognito limits how many passkeys a user has, and not how often they try. */
const passkeyMethods: ReadonlySet<ProviderMethod> = new Set([
  "startPasskeyRegistration",
  "finishPasskeyRegistration",
]);

/** The seconds to wait after one of Cognito's hourly limits. It never says how much of the hour is left. */
const hourlyLimitRetrySeconds = 900;

/**
 * The meaning of each exception, by its name: neither the class nor the status tells, as exceptions that the SDK does
 * not model arrive as its base class, and Cognito answers nearly all of them with 400. Names lack their "Exception".
 *
 * A user who is not there ends a session that was; whoever holds the session is told no more than that it has ended.
 * Likewise a state of the account that shows on sign-in ends a session, so that the next sign-in tells it.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
 */
const readings: Readonly<Record<string, ExceptionReading>> = {
  NotAuthorized: readNotAuthorized,
  InvalidParameter: readInvalidParameter,
  InvalidPassword: readInvalidPassword,
  LimitExceeded: readLimitExceeded,

  UserNotFound: means("user_not_found", {
    ...onAccessToken("token_revoked"),
    signIn: "invalid_credentials",
    answerChallenge: "challenge_expired",
    refresh: "invalid_refresh_token",
    signOut: "invalid_refresh_token",
    confirmSignUp: "code_mismatch",
    resetPassword: "code_mismatch",
  }),
  // Said of any password, so a sign-in does not pass it on as it is: see createUnconfirmedGuard.
  UserNotConfirmed: means("user_not_confirmed", {
    ...onAccessToken("token_revoked"),
    refresh: "invalid_refresh_token",
    // There is no address of theirs that a code could have been sent to.
    resetPassword: "code_expired",
  }),
  // The reset has already made the old password worthless, so there is no telling whether it was the right one.
  PasswordResetRequired: means("password_reset_required", {
    ...onAccessToken("token_revoked"),
    refresh: "invalid_refresh_token",
  }),
  UsernameExists: means("username_taken"),
  AliasExists: means("alias_taken"),
  CodeMismatch: means("code_mismatch"),
  // Of a sign-up, it is said to hide unknown users as well. Asking which it is would take one call more than a wrong code
  // does, and so tell by the time it takes; the use case shows both as a wrong code.
  ExpiredCode: means("code_expired"),
  EnableSoftwareTokenMFA: means("code_mismatch"),
  PasswordHistoryPolicyViolation: means("password_reused"),
  TooManyFailedAttempts: tooManyAttempts,
  CodeDeliveryFailure: means("delivery_failed"),
  RefreshTokenReuse: means("refresh_token_reused"),
  UnsupportedTokenType: means("unsupported_token_type", { refresh: "invalid_refresh_token" }),
  MFAMethodNotFound: means("mfa_not_available"),
  SoftwareTokenMFANotFound: means("mfa_not_available", {
    signIn: "not_supported",
    // No secret was made, so there is none that the code could be of.
    confirmTotp: "code_mismatch",
  }),

  UserLambdaValidation: means("rejected_by_policy"),
  UnexpectedLambda: means("provider_extension_failed"),
  InvalidLambdaResponse: means("provider_extension_failed"),
  Forbidden: means("blocked"),

  UnsupportedUserState: means("conflict"),
  PreconditionNotMet: means("conflict"),
  ConcurrentModification: means("conflict"),
  DeviceKeyExists: means("conflict"),
  GroupExists: means("conflict"),

  UnsupportedOperation: means("not_supported"),
  FeatureUnavailableInTier: means("not_supported"),
  UserPoolAddOnNotEnabled: means("not_supported"),
  WebAuthnNotEnabled: means("not_supported"),
  WebAuthnConfigurationMissing: means("not_supported"),
  WebAuthnChallengeNotFound: means("challenge_expired"),
  WebAuthnOriginNotAllowed: means("passkey_rejected"),
  WebAuthnRelyingPartyMismatch: means("passkey_rejected"),
  WebAuthnClientMismatch: means("passkey_rejected"),
  WebAuthnCredentialNotSupported: means("passkey_rejected"),

  ResourceNotFound: readResourceNotFound,
  // The pool, its client, or the roles that it sends with.
  Unauthorized: means("provider_misconfigured"),
  InvalidUserPoolConfiguration: means("provider_misconfigured"),
  InvalidEmailRoleAccessPolicy: means("provider_misconfigured"),
  InvalidSmsRoleAccessPolicy: means("provider_misconfigured"),
  InvalidSmsRoleTrustRelationship: means("provider_misconfigured"),
  // Our AWS credentials.
  AccessDenied: means("provider_misconfigured"),
  UnrecognizedClient: means("provider_misconfigured"),
  InvalidSignature: means("provider_misconfigured"),
  IncompleteSignature: means("provider_misconfigured"),
  MissingAuthenticationToken: means("provider_misconfigured"),
  ExpiredToken: means("provider_misconfigured"),
  CredentialsProviderError: means("provider_misconfigured"),

  // Everyone's requests together, or a replica Region: nothing that this user did.
  TooManyRequests: means("provider_unavailable"),
  Throttling: means("provider_unavailable"),
  RequestLimitExceeded: means("provider_unavailable"),
  OperationNotEnabled: means("provider_unavailable"),
  InternalError: means("provider_unavailable"),
  InternalServer: means("provider_unavailable"),
};

/**
 * Says in the port's terms what went wrong with a call to Cognito. What is not known by name (a connection that broke,
 * an answer that is no JSON, an exception of next year's) is `provider_unavailable`: it tells nothing about the user.
 */
export function translate(error: unknown, method: ProviderMethod): IdentityError {
  if (isIdentityError(error)) return error;
  const { code, ...rest } = readError(error, method);
  const told = code === "provider_unavailable" ? retryAfterOf(error) : undefined;
  const retry = told !== undefined && { retryAfterSeconds: told };
  return new IdentityError(code, { ...rest, ...retry, cause: error });
}

/** Tells an exception that Cognito answered with from an error of the line, or of an answer that nobody can read. */
export function isException({ name }: Error): boolean {
  const bare = name.replace(/Exception$/, "");
  return bare !== name || Object.hasOwn(readings, bare);
}

function readError(error: unknown, method: ProviderMethod): ExceptionMeaning {
  if (!(error instanceof Error)) return meaning("provider_unavailable");
  const name = error.name.replace(/Exception$/, "");
  const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
  return reading ? reading(method, error.message) : meaning("provider_unavailable");
}

/** Methods that name something besides the user, and what it means that it is not there. */
const missing: Partial<Record<ProviderMethod, IdentityErrorCode>> = {
  addToGroup: "group_not_found",
  removeFromGroup: "group_not_found",
  deletePasskey: "not_found",
  endSession: "not_found",
};

function readResourceNotFound(method: ProviderMethod, message: string): ExceptionMeaning {
  // The pool or its client can be what is not there, too.
  return meaning(
    (!/\b(?:pool|client)\b/i.test(message) && missing[method]) || "provider_misconfigured",
  );
}

function readLimitExceeded(method: ProviderMethod, message: string): ExceptionMeaning {
  if (passkeyMethods.has(method)) return meaning("conflict");
  // A sign-up has no limit per user: the account was created, and the mail that the account may send has run out.
  const isMailQuota = creatingMethods.has(method) || /email limit/i.test(message);
  return isMailQuota ? meaning("delivery_failed") : tooManyAttempts();
}

function tooManyAttempts(): ExceptionMeaning {
  return { code: "too_many_attempts", retryAfterSeconds: hourlyLimitRetrySeconds };
}
