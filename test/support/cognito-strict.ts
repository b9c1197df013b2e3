import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { serve } from "../../src/node.ts";
import {
  type CognitoServer,
  type CognitoServerOptions,
  createCognitoServer,
} from "../../src/testing/index.ts";

export const strictRegion = "us-east-1";
export const anyCredentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };

/** A strict Cognito server that listens, and the official client for it. */
export interface StrictCognito {
  readonly server: CognitoServer;
  readonly endpoint: string;
  readonly sdk: CognitoIdentityProviderClient;
  close(): Promise<void>;
}

/** Starts a strict Cognito server on a free port. What it answers as its own fault, fails the run. */
export async function startStrictCognito(
  options: CognitoServerOptions = {},
): Promise<StrictCognito> {
  const server = createCognitoServer({
    region: strictRegion,
    hashIterations: 1,
    onFault: (error) => {
      console.error(error);
    },
    ...options,
  });
  const { port, close } = await serve({ fetch: server.fetch, port: 0 });
  const endpoint = `http://127.0.0.1:${port}`;
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: strictRegion,
    credentials: anyCredentials,
    maxAttempts: 1,
  });
  return {
    server,
    endpoint,
    sdk,
    async close() {
      sdk.destroy();
      await close();
    },
  };
}

/** Who sends text messages: pools that verify telephones have to be told. */
const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::000000000000:role/sms" };

/** Makes a pool that can send text messages, and gives its id. */
export async function makePool(
  { sdk }: StrictCognito,
  input: Partial<CreateUserPoolCommandInput> = {},
): Promise<string> {
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({ PoolName: "pool", SmsConfiguration, ...input }),
  );
  if (!UserPool?.Id) throw new Error("no pool was made");
  return UserPool.Id;
}

/** Makes an app client with a secret, and gives it. */
export async function makeClient(
  { sdk }: StrictCognito,
  poolId: string,
  input: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<{ readonly id: string; readonly secret: string | undefined }> {
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: "client",
      GenerateSecret: true,
      ...input,
    }),
  );
  if (!UserPoolClient?.ClientId) throw new Error("no client was made");
  return { id: UserPoolClient.ClientId, secret: UserPoolClient.ClientSecret };
}
