import { type RefusalReason, reasonOf } from "../../../adapters/memory/errors.ts";
import { TooManyUsers } from "../../../adapters/memory/users/user-store.ts";
import {
  type IdentityError,
  type IdentityErrorCode,
  isIdentityError,
} from "../../../domain/errors.ts";
import { CognitoException, invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";
import { invalidAttributes, weakPassword } from "./violations.ts";

/**
 * The wording of an operation about what the engine refused: a text stands for the exception that its code usually is.
 */
export type Wording = Partial<Record<IdentityErrorCode, Word>>;

/** Says one refusal. */
export type Word = (error: IdentityError, reason: RefusalReason | undefined) => CognitoException;

/**
 * Runs a task of the engine's, and says as Cognito does what it refuses.
 *
 * @param wording - what the operation says otherwise than most
 */
export async function inCognitosWords<T>(
  task: () => Promise<T>,
  wording: Wording = {},
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof TooManyUsers) throw new CognitoException("LimitExceeded", error.message);
    if (!isIdentityError(error)) throw error;
    const word = wording[error.code] ?? usual[error.code];
    throw word ? word(error, reasonOf(error)) : error;
  }
}

/** Says the same whatever the refusal was about. */
export function say(type: string, message: string): Word {
  return (cause) => new CognitoException(type, message, { cause });
}

/** Of wrong codes that were sent for something else than a sign-in. */
export const wrongSentCode = say(
  "CodeMismatch",
  "Invalid verification code provided, please try again.",
);
export const noLiveCode = say("ExpiredCode", "Invalid code provided, please request a code again.");
export const noSuchUser = say("UserNotFound", "User does not exist.");
export const noSuchUserOfClient = say("UserNotFound", "Username/client id combination not found.");
export const wrongCredentials = say("NotAuthorized", "Incorrect username or password.");
export const isDisabled = say("NotAuthorized", "User is disabled.");
export const locked = say("NotAuthorized", "Password attempts exceeded");

/** Of refusals whose operation says nothing else. */
const usual: Wording = {
  validation_failed: invalidAttributes,
  attribute_not_writable: say(
    "NotAuthorized",
    "A client attempted to write unauthorized attribute",
  ),
  username_taken: say("UsernameExists", "User already exists"),
  alias_taken: say("AliasExists", "An account with the email already exists."),
  password_policy_violation: weakPassword("Password does not conform to policy"),
  password_reused: say("PasswordHistoryPolicyViolation", "Password has previously been used."),
  sign_up_disabled: say("NotAuthorized", "SignUp is not permitted for this user pool"),
  invalid_credentials: wrongCredentials,
  user_not_found: noSuchUser,
  user_not_confirmed: say("UserNotConfirmed", "User is not confirmed."),
  user_disabled: isDisabled,
  password_reset_required: say("PasswordResetRequired", "Password reset required for the user"),
  temporary_password_expired: say(
    "NotAuthorized",
    "Temporary password has expired and must be reset by an administrator.",
  ),
  too_many_attempts: say("LimitExceeded", "Attempt limit exceeded, please try after some time."),
  code_mismatch: wrongSentCode,
  code_expired: noLiveCode,
  already_confirmed: say("NotAuthorized", "User cannot be confirmed. Current status is CONFIRMED"),
  recovery_unavailable: () =>
    invalidParameter(
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    ),
  delivery_failed: say("CodeDeliveryFailure", "Failed to deliver the code."),
  group_not_found: say("ResourceNotFound", "Group not found."),
  invalid_token: ({ rejection }) => {
    const isForged = rejection === "bad_signature" || rejection === "unknown_key";
    return notAuthorized(
      isForged ? "Could not verify signature for Access Token" : "Invalid Access Token",
    );
  },
  token_expired: say("NotAuthorized", "Access Token has expired"),
  token_revoked: say("NotAuthorized", "Access Token has been revoked"),
  invalid_refresh_token: (_error, reason) =>
    notAuthorized(refreshMessages.get(reason) ?? invalidRefresh),
  refresh_token_reused: say("RefreshTokenReuse", "Refresh token reuse detected."),
  unsupported_token_type: say("UnsupportedTokenType", "Unsupported token type"),
  challenge_expired: (_error, reason) =>
    notAuthorized(`${invalidSession}${sessionEnds.get(reason) ?? "."}`),
  provider_extension_failed: (error, reason) =>
    error.cause instanceof CognitoException ? error.cause : customChallengeFailed(error, reason),
  overloaded: say("TooManyRequests", "Rate exceeded"),
  not_supported: () => invalidParameter("The operation is not enabled for this user pool."),
};

const customChallengeFailed = say("UnexpectedLambda", "CreateAuthChallenge failed with error.");

const invalidRefresh = "Invalid Refresh Token";
const refreshMessages = new Map<RefusalReason | undefined, string>([
  ["refresh_token_expired", "Refresh Token has expired"],
  ["refresh_token_revoked", "Refresh Token has been revoked"],
]);

const invalidSession = "Invalid session for the user";
const sessionEnds = new Map<RefusalReason | undefined, string>([
  ["session_expired", ", session is expired."],
  ["session_used", ", session can only be used once."],
]);
