import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";

/** A user pool and its one client, which has a secret. */
export interface CognitoPool {
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** cognito-local checks neither, but the SDK wants some. */
export const cognitoRegion = "us-east-1";
export const awsCredentials = {
  accessKeyId: "AKIDTEST",
  secretAccessKey: "test-secret-access-key",
};

/** Creates a pool whose users sign in by e-mail address, as most pools have it, and a confidential client. */
export async function createCognitoPool(endpoint: string): Promise<CognitoPool> {
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region: cognitoRegion,
    credentials: awsCredentials,
    maxAttempts: 1,
  });
  try {
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({
        PoolName: "portico",
        UsernameAttributes: ["email"],
        AutoVerifiedAttributes: ["email"],
      }),
    );
    const { UserPoolClient } = await client.send(
      new CreateUserPoolClientCommand({
        UserPoolId: UserPool?.Id,
        ClientName: "portico",
        GenerateSecret: true,
        PreventUserExistenceErrors: "ENABLED",
        EnableTokenRevocation: true,
        ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      }),
    );
    const { ClientId, ClientSecret } = UserPoolClient ?? {};
    if (!UserPool?.Id || !ClientId || !ClientSecret) throw new Error("no pool was made");
    return { poolId: UserPool.Id, clientId: ClientId, clientSecret: ClientSecret };
  } finally {
    client.destroy();
  }
}
