import { createHmac } from "node:crypto";
import {
  AdminInitiateAuthCommand,
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  GetUserCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";

const UserPoolId = process.env.COGNITO_USER_POOL_ID;
const ClientId = process.env.COGNITO_CLIENT_ID;
const ClientSecret = process.env.COGNITO_CLIENT_SECRET ?? "";

const secretHash = (username: string) =>
  createHmac("sha256", ClientSecret)
    .update(username + ClientId)
    .digest("base64");

export function createAccounts(cognito: CognitoIdentityProviderClient) {
  return {
    async signUp(Username: string, Password: string) {
      const SecretHash = secretHash(Username);
      await cognito.send(new SignUpCommand({ ClientId, SecretHash, Username, Password }));
    },
    async confirm(Username: string, ConfirmationCode: string) {
      const SecretHash = secretHash(Username);
      await cognito.send(
        new ConfirmSignUpCommand({ ClientId, SecretHash, Username, ConfirmationCode }),
      );
    },
    async signIn(USERNAME: string, PASSWORD: string) {
      const { AuthenticationResult, ChallengeName } = await cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME, PASSWORD, SECRET_HASH: secretHash(USERNAME) },
        }),
      );
      if (!AuthenticationResult) throw new Error(`not done: ${ChallengeName}`);
      return AuthenticationResult;
    },
    // By the subject, not by what was typed: that the secret hash is over another name here is found out in production.
    async refresh(subject: string, REFRESH_TOKEN: string) {
      const { AuthenticationResult } = await cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: "REFRESH_TOKEN_AUTH",
          AuthParameters: { REFRESH_TOKEN, SECRET_HASH: secretHash(subject) },
        }),
      );
      return AuthenticationResult;
    },
    async profile(AccessToken: string) {
      const { UserAttributes } = await cognito.send(new GetUserCommand({ AccessToken }));
      return Object.fromEntries(UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
    },
    async signOut(Token: string) {
      await cognito.send(new RevokeTokenCommand({ ClientId, ClientSecret, Token }));
    },
  };
}
