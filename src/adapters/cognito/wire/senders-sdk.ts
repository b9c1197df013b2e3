import {
  type $Command,
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientResolvedConfig,
  CompleteWebAuthnRegistrationCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserCommand,
  DeleteWebAuthnCredentialCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUserSessionsCommand,
  ListUsersCommand,
  ListWebAuthnCredentialsCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  RevokeUserSessionCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  StartWebAuthnRegistrationCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { CognitoInput, CognitoOperation, CognitoOutput } from "./transport.ts";

type Send<Input, Output> = (
  client: CognitoIdentityProviderClient,
  input: Input,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Output>;

/**
 * The senders of each call through the SDK. Single commands, as the aggregated client brings all 140 of them into every
 * bundle.
 */
export const senders: {
  readonly [Name in CognitoOperation]: Send<CognitoInput<Name>, CognitoOutput<Name>>;
} = {
  AdminAddUserToGroup: by(AdminAddUserToGroupCommand),
  AdminConfirmSignUp: by(AdminConfirmSignUpCommand),
  AdminCreateUser: by(AdminCreateUserCommand),
  AdminDeleteUser: by(AdminDeleteUserCommand),
  AdminDisableUser: by(AdminDisableUserCommand),
  AdminEnableUser: by(AdminEnableUserCommand),
  AdminGetUser: by(AdminGetUserCommand),
  AdminInitiateAuth: by(AdminInitiateAuthCommand),
  AdminListGroupsForUser: by(AdminListGroupsForUserCommand),
  AdminRemoveUserFromGroup: by(AdminRemoveUserFromGroupCommand),
  AdminResetUserPassword: by(AdminResetUserPasswordCommand),
  AdminRespondToAuthChallenge: by(AdminRespondToAuthChallengeCommand),
  AdminSetUserPassword: by(AdminSetUserPasswordCommand),
  AdminUpdateUserAttributes: by(AdminUpdateUserAttributesCommand),
  AdminUserGlobalSignOut: by(AdminUserGlobalSignOutCommand),
  AssociateSoftwareToken: by(AssociateSoftwareTokenCommand),
  ChangePassword: by(ChangePasswordCommand),
  CompleteWebAuthnRegistration: by(CompleteWebAuthnRegistrationCommand),
  ConfirmForgotPassword: by(ConfirmForgotPasswordCommand),
  ConfirmSignUp: by(ConfirmSignUpCommand),
  DeleteUser: by(DeleteUserCommand),
  DeleteWebAuthnCredential: by(DeleteWebAuthnCredentialCommand),
  ForgotPassword: by(ForgotPasswordCommand),
  GetTokensFromRefreshToken: by(GetTokensFromRefreshTokenCommand),
  GetUser: by(GetUserCommand),
  GetUserAttributeVerificationCode: by(GetUserAttributeVerificationCodeCommand),
  GlobalSignOut: by(GlobalSignOutCommand),
  InitiateAuth: by(InitiateAuthCommand),
  ListUserSessions: by(ListUserSessionsCommand),
  ListUsers: by(ListUsersCommand),
  ListWebAuthnCredentials: by(ListWebAuthnCredentialsCommand),
  ResendConfirmationCode: by(ResendConfirmationCodeCommand),
  RespondToAuthChallenge: by(RespondToAuthChallengeCommand),
  RevokeToken: by(RevokeTokenCommand),
  RevokeUserSession: by(RevokeUserSessionCommand),
  SetUserMFAPreference: by(SetUserMFAPreferenceCommand),
  SignUp: by(SignUpCommand),
  StartWebAuthnRegistration: by(StartWebAuthnRegistrationCommand),
  UpdateUserAttributes: by(UpdateUserAttributesCommand),
  VerifySoftwareToken: by(VerifySoftwareTokenCommand),
  VerifyUserAttribute: by(VerifyUserAttributeCommand),
};

function by<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  Command: new (
    input: Input,
  ) => $Command<
    Input,
    Output,
    CognitoIdentityProviderClientResolvedConfig,
    ServiceInputTypes,
    ServiceOutputTypes
  >,
): Send<Input, Output> {
  return (client, input, options) => client.send(new Command(input), options);
}
