import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { anyCredentials, strictRegion } from "../support/cognito-strict.ts";
import { freePort, startServerProcess } from "../support/server-process.ts";
import { ada, password, refusalOf } from "../testing/cognito-server/support.ts";

const cwd = join(import.meta.dirname, "../..");
const entry = join(cwd, "src/cli/cognito-server.ts");

/** Starts the command on a free port, with a client for it. */
async function startCommand(...args: readonly string[]) {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  const server = await startServerProcess({
    command: process.execPath,
    args: [entry, "--port", String(port), ...args],
    env: {},
    cwd,
    isReady,
  });
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: strictRegion,
    credentials: anyCredentials,
  });
  onTestFinished(async () => void (await server.kill()));
  return { endpoint, server, sdk };
}

test("the command starts a server that prints codes, and stops when told to", async () => {
  const { endpoint, server, sdk } = await startCommand();
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({
      PoolName: "pool",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
    }),
  );
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: "client" }),
  );
  const ClientId = UserPoolClient?.ClientId;
  await sdk.send(new SignUpCommand({ ClientId, Username: ada, Password: password }));
  sdk.destroy();
  const discovery = await fetch(`${endpoint}/${UserPool?.Id}/.well-known/openid-configuration`);

  expect(await discovery.json()).toMatchObject({ issuer: `${endpoint}/${UserPool?.Id}` });
  expect(server.output()).toMatch(/email to ada@example\.com: sign_up_confirmation \d{6}\n/);
  expect(await server.stop()).toBe(0);
});

test("the command says in one sentence that its port is in use", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, [entry, "--port", String(port)], { cwd, env: {} });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });

  const [status] = await once(child, "close");

  expect([status, output.trim().split("\n")]).toEqual([
    1,
    [expect.stringMatching(/^Cannot listen on http:\/\/127\.0\.0\.1:\d+: the port is in use/)],
  ]);
});

test("the command calls the functions that it is given for triggers, whatever ARN a pool names", async () => {
  const trigger = `PreSignUp=${join(import.meta.dirname, "functions/pre-sign-up.mjs")}`;
  const { sdk } = await startCommand("--trigger", trigger);
  const PreSignUp = "arn:aws:lambda:us-east-1:111122223333:function:theirs";
  const pool = { PoolName: "pool", UsernameAttributes: ["email" as const] };
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({ ...pool, LambdaConfig: { PreSignUp } }),
  );
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: "client" }),
  );
  const signUp = (Username: string) =>
    sdk.send(
      new SignUpCommand({ ClientId: UserPoolClient?.ClientId, Username, Password: password }),
    );

  const { UserConfirmed } = await signUp(ada);
  const refusal = await refusalOf(signUp("eve@example.org"));
  sdk.destroy();

  expect(UserConfirmed).toBe(true);
  expect(refusal).toBe("UserLambdaValidationException: PreSignUp failed with error Not one of us.");
});

test.each([
  ["something else", ["--nothing"]],
  ["of no trigger", ["--trigger", "PreSighUp=./function.mjs"]],
  ["of no module", ["--trigger", "PreSignUp=./nowhere.mjs"]],
])("the command says what it takes, where it is told %s", async (_case, args) => {
  const child = spawn(process.execPath, [entry, ...args], { cwd, env: {} });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });

  const [status] = await once(child, "close");

  expect(status).toBe(2);
  expect(output).toContain("See portico-cognito-server --help.");
});
