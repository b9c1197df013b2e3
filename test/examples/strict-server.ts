import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { serve } from "../../src/node.ts";
import { createCognitoServer } from "../../src/testing.ts";

/** Starts a server with a pool and an app client, and an SDK that is pointed at it. */
export async function startPool() {
  const server = createCognitoServer({ hashIterations: 1 });
  const { port, close } = await serve({ fetch: server.fetch, port: 0 });
  const sdk = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  const { UserPool: pool } = await sdk.send(
    new CreateUserPoolCommand({
      PoolName: "test",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
    }),
  );
  const { UserPoolClient: client } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool?.Id,
      ClientName: "test",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    }),
  );
  const messages = (username: string) => server.outboxOf(pool?.Id ?? "").messagesFor(username);
  return { server, sdk, clientId: client?.ClientId, messages, close };
}
