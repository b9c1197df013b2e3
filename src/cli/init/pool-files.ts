import type { ProjectFiles } from "./project-files.ts";

/** The settings of the pool and its app client, in the words of Cognito's API, which CloudFormation shares. */
const pool = `// How the user pool and its app client are set up: on this machine (local.mjs) and in AWS (aws/app.mjs).
// "npm run check" holds the pool in AWS against what the service needs.

export const pool = {
  UsernameAttributes: ["email"],
  // Ada@example.com and ada@example.com are one account. It cannot be changed later.
  UsernameConfiguration: { CaseSensitive: false },
  AutoVerifiedAttributes: ["email"],
  // A new address counts once somebody has proven it.
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireLowercase: false,
      RequireUppercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
    },
  },
};

export const client = {
  ClientName: "portico",
  // Nobody who only knows the client id calls Cognito past the service.
  GenerateSecret: true,
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  // Nobody is told who has an account.
  PreventUserExistenceErrors: "ENABLED",
  EnableTokenRevocation: true,
  // A refresh token is good once, so that a stolen one is noticed.
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
  RefreshTokenValidity: 30,
  TokenValidityUnits: { RefreshToken: "days" },
};
`;

const local = `// Serves in front of a user pool on this machine, which ends with it. No AWS account is needed.
import { spawn } from "node:child_process";
import process, { env } from "node:process";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { serve } from "portico/node";
import { createCognitoServer } from "portico/testing";
import { client, pool } from "./pool.mjs";

const region = "us-east-1";
let endpoint = "";
const cognito = createCognitoServer({
  region,
  issuerBase: () => endpoint,
  onMessage: ({ destination, purpose, code }) => console.log(\`to \${destination}: \${purpose} \${code}\`),
});
const { port, close } = await serve({ fetch: cognito.fetch, port: 0 });
endpoint = \`http://127.0.0.1:\${port}\`;

const credentials = { accessKeyId: "any", secretAccessKey: "any" };
const sdk = new CognitoIdentityProviderClient({ endpoint, region, credentials });
const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: "local", ...pool }));
const { UserPoolClient } = await sdk.send(
  new CreateUserPoolClientCommand({ UserPoolId: UserPool.Id, ...client }),
);
const service = spawn(process.execPath, ["node_modules/portico/cli/portico.js", "serve", "--env-file", ".env"], {
  stdio: "inherit",
  env: {
    ...env,
    COGNITO_REGION: region,
    COGNITO_USER_POOL_ID: UserPool.Id,
    COGNITO_CLIENT_ID: UserPoolClient.ClientId,
    COGNITO_CLIENT_SECRET: UserPoolClient.ClientSecret,
    COGNITO_ENDPOINT: endpoint,
    COGNITO_CREDENTIALS: "keys",
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => service.kill(signal));
service.on("close", (status) => close().then(() => process.exit(status ?? 1)));
`;

const app = `// The user pool in AWS, and a policy for the role that the service runs as.
import { App, CfnOutput, CfnResource, RemovalPolicy, Stack } from "aws-cdk-lib";
import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { client, pool } from "../pool.mjs";

const stack = new Stack(new App(), "PorticoUsers");
const users = new CfnResource(stack, "Users", { type: "AWS::Cognito::UserPool", properties: pool });
// The accounts stay, whatever becomes of the stack.
users.applyRemovalPolicy(RemovalPolicy.RETAIN);
const portico = new CfnResource(stack, "Client", {
  type: "AWS::Cognito::UserPoolClient",
  properties: { ...client, UserPoolId: users.ref },
});
const policy = new ManagedPolicy(stack, "Policy", {
  description: "What Portico may do with the user pool",
  statements: [
    new PolicyStatement({
      actions: [
        "AdminInitiateAuth",
        "AdminRespondToAuthChallenge",
        "AdminGetUser",
        "AdminUserGlobalSignOut",
        "DescribeUserPool",
        "DescribeUserPoolClient",
        "GetUserPoolMfaConfig",
      ].map((action) => \`cognito-idp:\${action}\`),
      resources: [users.getAtt("Arn").toString()],
    }),
  ],
});
new CfnOutput(stack, "CognitoRegion", { value: stack.region });
new CfnOutput(stack, "CognitoUserPoolId", { value: users.ref });
new CfnOutput(stack, "CognitoClientId", { value: portico.ref });
new CfnOutput(stack, "PolicyArn", { value: policy.managedPolicyArn });
`;

const awsManifest = {
  name: "users-in-aws",
  private: true,
  type: "module",
  dependencies: { "aws-cdk-lib": "^2.276.0", constructs: "^10.8.1" },
  devDependencies: { "aws-cdk": "^2.1000.0" },
};

/** The files of a project with a user pool: its settings once, and what makes it here and in AWS. */
export const poolFiles: ProjectFiles = {
  "pool.mjs": pool,
  "local.mjs": local,
  "aws/app.mjs": app,
  "aws/cdk.json": `${JSON.stringify({ app: "node app.mjs" }, undefined, 2)}\n`,
  "aws/package.json": `${JSON.stringify(awsManifest, undefined, 2)}\n`,
};
