// The bare client of the AWS SDK, called as its documentation says.
import {
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { awsCredentials, cognitoRegion } from "../../support/cognito-pool.ts";
import type { SignIn, SignInTarget } from "../processes/sign-ins.ts";
import { secretHash } from "../requests.ts";

export function createSignIn(target: SignInTarget): SignIn {
  const { endpoint, poolId, clientId, clientSecret, username, password } = target;
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region: cognitoRegion,
    credentials: awsCredentials,
  });
  return async () => {
    const command = new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: {
        USERNAME: username,
        PASSWORD: password,
        SECRET_HASH: secretHash(username, clientId, clientSecret),
      },
    });
    const { AuthenticationResult } = await client.send(command);
    return AuthenticationResult?.AccessToken;
  };
}
