import type * as sdk from "@aws-sdk/client-cognito-identity-provider";
import type { TimeBudget } from "./time-budget.ts";

/** The operations of the user pools API that the adapter calls. */
export type CognitoOperation =
  | "AdminAddUserToGroup"
  | "AdminConfirmSignUp"
  | "AdminCreateUser"
  | "AdminDeleteSoftwareToken"
  | "AdminDeleteUser"
  | "AdminDisableUser"
  | "AdminEnableUser"
  | "AdminGetUser"
  | "AdminInitiateAuth"
  | "AdminListGroupsForUser"
  | "AdminRemoveUserFromGroup"
  | "AdminResetUserPassword"
  | "AdminRespondToAuthChallenge"
  | "AdminSetUserMFAPreference"
  | "AdminSetUserPassword"
  | "AdminUpdateUserAttributes"
  | "AdminUserGlobalSignOut"
  | "AssociateSoftwareToken"
  | "ChangePassword"
  | "CompleteWebAuthnRegistration"
  | "ConfirmForgotPassword"
  | "ConfirmSignUp"
  | "DeleteUser"
  | "DeleteWebAuthnCredential"
  | "ForgotPassword"
  | "GetTokensFromRefreshToken"
  | "GetUser"
  | "GetUserAttributeVerificationCode"
  | "GlobalSignOut"
  | "InitiateAuth"
  | "ListUserSessions"
  | "ListUsers"
  | "ListWebAuthnCredentials"
  | "ResendConfirmationCode"
  | "RespondToAuthChallenge"
  | "RevokeToken"
  | "RevokeUserSession"
  | "SetUserMFAPreference"
  | "SignUp"
  | "StartWebAuthnRegistration"
  | "UpdateUserAttributes"
  | "VerifySoftwareToken"
  | "VerifyUserAttribute";

type Command<Name extends CognitoOperation> = (typeof sdk)[`${Name}Command`];

type CallOutput<Sent> = Sent extends {
  resolveMiddleware(...args: never[]): (input: never) => Promise<{ output: infer Output }>;
}
  ? Output
  : never;

export type CognitoInput<Name extends CognitoOperation> = NonNullable<
  ConstructorParameters<Command<Name>>[0]
>;

/** Names and no more: what an answer really holds is for whoever reads it to find out. */
export type CognitoOutput<Name extends CognitoOperation> = {
  readonly [Member in keyof CallOutput<InstanceType<Command<Name>>>]?: unknown;
};

/**
 * The way to Cognito: one call, made once. Rejects with an error that has the name and the message of Cognito's
 * exception; with any other where there was no answer that could be read; and with an `IdentityError` where only the
 * transport can tell what that means, as it alone knows that its deadline has passed. An error has the status
 * and the headers of the answer that it was read from where `statusOf` and `retryAfterOf` find them.
 *
 * @param budget - the time that is left, where that is less than a call may take
 */
export type CognitoTransport = <Name extends CognitoOperation>(
  operation: Name,
  input: CognitoInput<Name>,
  budget?: TimeBudget,
) => Promise<CognitoOutput<Name>>;

/** AWS credentials, or what gets them; only signed operations use them. */
export type AwsCredentials = NonNullable<sdk.CognitoIdentityProviderClientConfig["credentials"]>;

/** The options of a transport. */
export interface CognitoTransportOptions {
  readonly region: string;
  readonly credentials: AwsCredentials | undefined;
  readonly endpoint: string | undefined;
  /** The time that a call may take from start to last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** Gives the headers that tell Cognito which trace a call belongs to. */
  readonly traceHeaders?: (() => Readonly<Record<string, string>>) | undefined;
  /** Is told the `Date` header of each answer that has come, whatever that is. */
  readonly onDate?: (date: unknown) => void;
}
