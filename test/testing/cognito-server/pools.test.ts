import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { createJwtVerifier, createRemoteKeySet } from "../../../src/adapters/jwt/index.ts";
import { createCognitoServer } from "../../../src/testing/index.ts";
import {
  initiate,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const client = ({ poolId, clientId }: World) => ({ UserPoolId: poolId, ClientId: clientId });

describe("user pools", () => {
  test("are described as the API does, with its defaults", async () => {
    const world = await startWorld();

    const { UserPool } = await world.sdk.send(
      new DescribeUserPoolCommand({ UserPoolId: world.poolId }),
    );

    expect(UserPool).toMatchObject({ Id: world.poolId, Name: "pool", MfaConfiguration: "OFF" });
    expect(UserPool?.Id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(UserPool?.CreationDate?.getTime()).toBe(world.clock.now());
    expect(UserPool?.Policies?.PasswordPolicy).toMatchObject({
      MinimumLength: 8,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 7,
    });
  });

  test("are refused when they are unknown", async () => {
    const world = await startWorld();
    const UserPoolId = "us-east-1_unknown";

    expect(await refusalOf(world.sdk.send(new DescribeUserPoolCommand({ UserPoolId })))).toBe(
      "ResourceNotFoundException: User pool us-east-1_unknown does not exist.",
    );
  });

  test.each([
    ["both kinds of user names", { UsernameAttributes: ["email"], AliasAttributes: ["email"] }],
    ["triggers", { LambdaConfig: { PreSignUp: "arn:aws:lambda:us-east-1:1:function:f" } }],
    [
      "passkeys that nobody can check",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
    ],
  ])("are not made with what would not be honoured: %s", async (_case, input) => {
    const world = await startWorld();
    const command = new CreateUserPoolCommand({ PoolName: "pool", ...(input as object) });

    expect(await refusalOf(world.sdk.send(command))).toMatch(/^InvalidParameterException/);
  });

  test("change, and keep their users", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const Policies = { PasswordPolicy: { MinimumLength: 20 } };

    await world.sdk.send(new UpdateUserPoolCommand({ UserPoolId: world.poolId, Policies }));

    await expect(initiate(world)).resolves.toHaveProperty("AuthenticationResult");
    expect(await refusalOf(signUp(world, "grace@example.com"))).toMatch(/not long enough$/);
  });

  test("are listed page by page, and deleted with their clients", async () => {
    const world = await startWorld();
    await world.sdk.send(new CreateUserPoolCommand({ PoolName: "other" }));
    const list = (NextToken?: string) =>
      world.sdk.send(new ListUserPoolsCommand({ MaxResults: 1, NextToken }));

    const first = await list();
    const second = await list(first.NextToken);
    expect([first, second].map(({ UserPools }) => UserPools?.[0]?.Name)).toEqual(["pool", "other"]);
    await world.sdk.send(new DeleteUserPoolCommand({ UserPoolId: world.poolId }));
    expect(await refusalOf(initiate(world))).toMatch(/^ResourceNotFoundException/);
  });

  test("tell which second factors there are", async () => {
    const world = await startWorld();
    const pool = { UserPoolId: world.poolId };
    const on = { ...pool, MfaConfiguration: "ON" as const };

    expect(await refusalOf(world.sdk.send(new SetUserPoolMfaConfigCommand(on)))).toMatch(
      /^InvalidParameterException/,
    );
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    await world.sdk.send(new SetUserPoolMfaConfigCommand({ ...on, SoftwareTokenMfaConfiguration }));
    expect(await world.sdk.send(new GetUserPoolMfaConfigCommand(pool))).toMatchObject({
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration,
    });
  });
});

describe("app clients", () => {
  test("are described with their secret, and listed without", async () => {
    const world = await startWorld();

    const { UserPoolClient } = await world.sdk.send(
      new DescribeUserPoolClientCommand(client(world)),
    );
    const { UserPoolClients } = await world.sdk.send(
      new ListUserPoolClientsCommand({ UserPoolId: world.poolId }),
    );

    expect(UserPoolClient).toMatchObject({
      ClientSecret: world.secret,
      PreventUserExistenceErrors: "LEGACY",
      EnableTokenRevocation: true,
    });
    expect(UserPoolClients).toHaveLength(1);
    expect(UserPoolClients?.[0]).not.toHaveProperty("ClientSecret");
  });

  test.each([
    [
      "old and new names of flows",
      { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] },
    ],
    [
      "rotation, and refreshing by a flow that has none",
      {
        ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      },
    ],
    [
      "a life of four minutes",
      { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: "minutes" } },
    ],
    [
      "a grace of 61 seconds",
      { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 61 } },
    ],
  ])("are not made with %s", async (_case, input) => {
    const world = await startWorld();
    const command = new CreateUserPoolClientCommand({
      UserPoolId: world.poolId,
      ClientName: "other",
      ...(input as object),
    });

    expect(await refusalOf(world.sdk.send(command))).toMatch(/^InvalidParameterException/);
  });

  test("lose what an update does not say", async () => {
    const world = await startWorld();
    await signUpProven(world);

    await world.sdk.send(new UpdateUserPoolClientCommand(client(world)));

    expect(await refusalOf(initiate(world))).toMatch(/flow not enabled for this client$/);
  });

  test("give tokens the life that they are told", async () => {
    const world = await startWorld({
      client: { AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: "minutes" } },
    });
    await signUpProven(world);

    const { AuthenticationResult } = await initiate(world);

    expect(AuthenticationResult?.ExpiresIn).toBe(300);
  });

  test("are gone once they are deleted", async () => {
    const world = await startWorld();

    await world.sdk.send(new DeleteUserPoolClientCommand(client(world)));

    expect(await refusalOf(initiate(world))).toMatch(/^ResourceNotFoundException/);
  });
});

describe("the documents of a pool", () => {
  test("let its tokens be verified, in the name of the issuer that was chosen", async () => {
    const issuerBase = "https://issuer.test";
    const world = await startWorld({ server: { issuerBase } });
    await signUpProven(world);
    const base = `${world.endpoint}/${world.poolId}/.well-known`;
    const discovery = (await (await fetch(`${base}/openid-configuration`)).json()) as object;
    const issuer = `${issuerBase}/${world.poolId}`;
    const verifier = createJwtVerifier({
      issuer,
      clientIds: [world.clientId],
      clock: world.clock,
      keys: createRemoteKeySet({ uri: `${base}/jwks.json`, clock: world.clock }),
    });

    const principal = await verifier.verify((await tokensOf(world)).AccessToken);

    expect(principal.issuer).toBe(issuer);
    expect(discovery).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });
});

describe("the protocol", () => {
  const server = createCognitoServer();

  async function post(target: string, body: string, type = "application/x-amz-json-1.1") {
    const headers = { "content-type": type, "x-amz-target": target };
    const request = new Request("http://cognito.test/", { method: "POST", headers, body });
    const response = await server.fetch(request);
    return { status: response.status, body: await response.json() };
  }

  const service = "AWSCognitoIdentityProviderService";

  test.each([
    [`${service}.Nothing`, "{}", "UnknownOperationException"],
    ["OtherService.SignUp", "{}", "UnknownOperationException"],
    [`${service}.SignUp`, "[", "SerializationException"],
    [`${service}.SignUp`, '{"ClientId":1}', "SerializationException"],
    [`${service}.SignUp`, "{}", "InvalidParameterException"],
  ])("answers %s %s as %s", async (target, body, __type) => {
    expect(await post(target, body)).toMatchObject({ status: 400, body: { __type } });
  });

  // Templates send words, and so do tools that read them.
  test.each(["true", "True", true])("takes %j for a boolean", async (CaseSensitive) => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `${service}.CreateUserPool`,
      authorization: `AWS4-HMAC-SHA256 Credential=a/20261130/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
      "x-amz-date": "20261130T000000Z",
    };
    const body = JSON.stringify({ PoolName: "pool", UsernameConfiguration: { CaseSensitive } });
    const request = new Request("http://cognito.test/", { method: "POST", headers, body });

    const response = await server.fetch(request);

    expect(await response.json()).toMatchObject({
      UserPool: { UsernameConfiguration: { CaseSensitive: true } },
    });
  });

  test("tells every constraint that a request fails, and no password", async () => {
    const input = { ClientId: "", Username: "a b", Password: " secret-phrase" };

    const { body } = await post(`${service}.SignUp`, JSON.stringify(input));

    const { message } = body as { readonly message: string };
    expect(message).toMatch(/^4 validation errors detected: Value '' at 'clientId'/);
    expect(message).not.toContain("secret-phrase");
  });
});
