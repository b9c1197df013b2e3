import type { CognitoInput, CognitoOperation } from "../wire/transport.ts";

/**
 * Operations that share a quota, by Amazon's names for the categories. Its `UserAuthentication` is three here: answers to
 * challenges have an allowance of their own; and refreshes go on where sign-ins do not, as when a trigger of theirs hangs.
 * No operation of `UserFederation` is called.
 */
export type QuotaCategory =
  | "user_authentication"
  | "challenge_answer"
  | "token_refresh"
  | "user_creation"
  | "user_account_recovery"
  | "user_read"
  | "user_update"
  | "user_token"
  | "user_resource_read"
  | "user_resource_update"
  | "user_list";

/**
 * The category of each operation.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations
 */
const categories: Readonly<Record<CognitoOperation, QuotaCategory>> = {
  AdminAddUserToGroup: "user_update",
  AdminConfirmSignUp: "user_creation",
  AdminCreateUser: "user_creation",
  AdminDeleteSoftwareToken: "user_resource_update",
  AdminDeleteUser: "user_update",
  AdminDisableUser: "user_update",
  AdminEnableUser: "user_update",
  AdminGetUser: "user_read",
  AdminInitiateAuth: "user_authentication",
  AdminListGroupsForUser: "user_resource_read",
  AdminRemoveUserFromGroup: "user_update",
  AdminResetUserPassword: "user_account_recovery",
  AdminRespondToAuthChallenge: "challenge_answer",
  AdminSetUserMFAPreference: "user_resource_update",
  AdminSetUserPassword: "user_account_recovery",
  AdminUpdateUserAttributes: "user_update",
  AdminUserGlobalSignOut: "user_update",
  AssociateSoftwareToken: "user_resource_update",
  ChangePassword: "user_account_recovery",
  CompleteWebAuthnRegistration: "user_resource_update",
  ConfirmForgotPassword: "user_account_recovery",
  ConfirmSignUp: "user_creation",
  DeleteUser: "user_update",
  DeleteWebAuthnCredential: "user_resource_update",
  ForgotPassword: "user_account_recovery",
  GetTokensFromRefreshToken: "token_refresh",
  GetUser: "user_read",
  GetUserAttributeVerificationCode: "user_resource_read",
  GlobalSignOut: "user_update",
  InitiateAuth: "user_authentication",
  ListUserSessions: "user_resource_read",
  ListUsers: "user_list",
  ListWebAuthnCredentials: "user_resource_read",
  ResendConfirmationCode: "user_resource_read",
  RespondToAuthChallenge: "challenge_answer",
  RevokeToken: "user_token",
  RevokeUserSession: "user_resource_update",
  SetUserMFAPreference: "user_resource_update",
  SignUp: "user_creation",
  StartWebAuthnRegistration: "user_resource_update",
  UpdateUserAttributes: "user_update",
  VerifySoftwareToken: "user_resource_update",
  VerifyUserAttribute: "user_update",
};

/** Gives the category that a call counts in. A first password that is chosen counts as one that is recovered. */
export function categoryOf<Name extends CognitoOperation>(
  operation: Name,
  input: CognitoInput<Name>,
): QuotaCategory {
  if ("AuthFlow" in input && input.AuthFlow === "REFRESH_TOKEN_AUTH") return "token_refresh";
  if ("ChallengeName" in input && input.ChallengeName === "NEW_PASSWORD_REQUIRED")
    return "user_account_recovery";
  return categories[operation];
}
