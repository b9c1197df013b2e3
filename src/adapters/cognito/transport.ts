import type * as sdk from "@aws-sdk/client-cognito-identity-provider";

interface Operation<Request, Response> {
  readonly input: Request;
  /** Names and no more: what an answer really holds is for whoever reads it to find out. */
  readonly output: { readonly [Member in keyof Response]?: unknown };
}

/** The operations of the user pools API that the adapter calls. */
export interface CognitoOperations {
  AdminInitiateAuth: Operation<sdk.AdminInitiateAuthRequest, sdk.AdminInitiateAuthResponse>;
  ChangePassword: Operation<sdk.ChangePasswordRequest, sdk.ChangePasswordResponse>;
  ConfirmForgotPassword: Operation<
    sdk.ConfirmForgotPasswordRequest,
    sdk.ConfirmForgotPasswordResponse
  >;
  ConfirmSignUp: Operation<sdk.ConfirmSignUpRequest, sdk.ConfirmSignUpResponse>;
  DeleteUser: Operation<sdk.DeleteUserRequest, object>;
  ForgotPassword: Operation<sdk.ForgotPasswordRequest, sdk.ForgotPasswordResponse>;
  GetTokensFromRefreshToken: Operation<
    sdk.GetTokensFromRefreshTokenRequest,
    sdk.GetTokensFromRefreshTokenResponse
  >;
  GetUser: Operation<sdk.GetUserRequest, sdk.GetUserResponse>;
  GlobalSignOut: Operation<sdk.GlobalSignOutRequest, sdk.GlobalSignOutResponse>;
  InitiateAuth: Operation<sdk.InitiateAuthRequest, sdk.InitiateAuthResponse>;
  ResendConfirmationCode: Operation<
    sdk.ResendConfirmationCodeRequest,
    sdk.ResendConfirmationCodeResponse
  >;
  RevokeToken: Operation<sdk.RevokeTokenRequest, sdk.RevokeTokenResponse>;
  SignUp: Operation<sdk.SignUpRequest, sdk.SignUpResponse>;
}

export type CognitoOperation = keyof CognitoOperations;
export type CognitoInput<Name extends CognitoOperation> = CognitoOperations[Name]["input"];
export type CognitoOutput<Name extends CognitoOperation> = CognitoOperations[Name]["output"];

/**
 * The way to Cognito: one call, made once. Rejects with an error that has the name and the message of Cognito's
 * exception; with any other where there was no answer that could be read; and with an `IdentityError` where only the
 * transport can tell what that means, as it alone knows that its deadline has passed.
 */
export type CognitoTransport = <Name extends CognitoOperation>(
  operation: Name,
  input: CognitoInput<Name>,
) => Promise<CognitoOutput<Name>>;
