import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, test } from "vitest";
import {
  checkPool,
  type PoolCheckOptions,
} from "../../../../src/adapters/cognito/pool-check/pool-check.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../../support/cognito-strict.ts";
import { throws } from "../../../support/cognito-upstream-answers.ts";
import { startUpstream } from "../fixtures.ts";

const started: StrictCognito[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

/** A pool with nothing to find. */
const goodPool = {
  UsernameAttributes: ["email"],
  AutoVerifiedAttributes: ["email"],
  UsernameConfiguration: { CaseSensitive: false },
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
} as const satisfies Partial<CreateUserPoolCommandInput>;

/** An app client with nothing to find. */
const goodClient = {
  GenerateSecret: true,
  ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  PreventUserExistenceErrors: "ENABLED",
  EnableTokenRevocation: true,
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
} as const satisfies Partial<CreateUserPoolClientCommandInput>;

interface Setup {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  readonly options?: Partial<PoolCheckOptions>;
}

async function startPool({ pool, client, options }: Setup): Promise<PoolCheckOptions> {
  const cognito = await startStrictCognito();
  started.push(cognito);
  const userPoolId = await makePool(cognito, { ...goodPool, ...pool });
  const { id, secret } = await makeClient(cognito, userPoolId, { ...goodClient, ...client });
  return {
    region: strictRegion,
    credentials: anyCredentials,
    endpoint: cognito.endpoint,
    timeoutMs: 4_000,
    userPoolId,
    clientId: id,
    clientSecrets: secret === undefined ? [] : [secret],
    authFlow: "ADMIN_USER_PASSWORD_AUTH",
    refreshFlow: "GET_TOKENS_FROM_REFRESH_TOKEN",
    propagatesCallerAddress: false,
    features: [],
    ...options,
  };
}

const subjectsOf = async (setup: Setup) =>
  (await checkPool(await startPool(setup))).map(({ subject }) => subject);

describe("a pool", () => {
  test("that is as it should be gets no finding", async () => {
    expect(await checkPool(await startPool({}))).toEqual([]);
  });

  test.each<[string, string, Setup]>([
    [
      "a flow that the client does not allow",
      "auth_flow",
      { client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } },
    ],
    ["a feature without its flow", "auth_flow", { options: { features: ["custom_challenges"] } }],
    [
      "no way to refresh",
      "refresh_flow",
      { client: { RefreshTokenRotation: { Feature: "DISABLED" } } },
    ],
    [
      "a refresh by a flow that rotation does not have",
      "refresh_flow",
      { options: { refreshFlow: "REFRESH_TOKEN_AUTH" } },
    ],
    ["a client without a secret", "client_secret", { client: { GenerateSecret: false } }],
    ["a secret that is not set", "client_secret", { options: { clientSecrets: [] } }],
    ["another secret", "client_secret", { options: { clientSecrets: ["another"] } }],
    [
      "a secret that the client lacks",
      "client_secret",
      { client: { GenerateSecret: false }, options: { clientSecrets: ["any"] } },
    ],
    [
      "errors that tell who exists",
      "prevent_user_existence_errors",
      { client: { PreventUserExistenceErrors: "LEGACY" } },
    ],
    [
      "tokens that cannot be revoked",
      "token_revocation",
      { client: { EnableTokenRevocation: false } },
    ],
    [
      "refresh tokens that do not rotate",
      "refresh_rotation",
      {
        client: {
          RefreshTokenRotation: { Feature: "DISABLED" },
          ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        },
      },
    ],
    [
      "rotation without a grace period",
      "refresh_grace",
      { client: { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 } } },
    ],
    [
      "sign-ins that last for years",
      "refresh_lifetime",
      { client: { RefreshTokenValidity: 3650 } },
    ],
    [
      "threat protection that cannot see who calls",
      "context_data",
      {
        client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
        options: { authFlow: "USER_PASSWORD_AUTH" },
      },
    ],
    [
      "addresses that count before they are proven",
      "verification_before_update",
      { pool: { UserAttributeUpdateSettings: {} } },
    ],
    ["names in two spellings", "case_sensitivity", { pool: { UsernameConfiguration: undefined } }],
    ["a first factor that is missing", "first_factors", { options: { features: ["passkeys"] } }],
    [
      "custom attributes that users write",
      "writable_attributes",
      { pool: { Schema: [{ Name: "role", AttributeDataType: "String", Mutable: true }] } },
    ],
  ])("with %s is told so", async (_what, subject, setup) => {
    expect(await subjectsOf(setup)).toContain(subject);
  });

  test("gets a sentence for each finding, which names no secret", async () => {
    const options = await startPool({
      pool: { UsernameConfiguration: undefined },
      client: { PreventUserExistenceErrors: "LEGACY", EnableTokenRevocation: false },
      options: { clientSecrets: ["not-this-one-0123456789"] },
    });

    const findings = await checkPool(options);

    expect(findings).toHaveLength(4);
    for (const { outcome, message } of findings) {
      expect(outcome).toBe("wrong");
      expect(message).toMatch(/^[A-Z].+\.$/);
      expect(message).not.toContain("not-this-one");
    }
  });

  test("whose client lists what users write is left alone", async () => {
    const pool = {
      Schema: [{ Name: "role", AttributeDataType: "String", Mutable: true }],
    } as const;

    expect(
      await subjectsOf({
        pool: { Schema: [...pool.Schema] },
        client: { WriteAttributes: ["email"] },
      }),
    ).toEqual([]);
  });
});

describe("unsigned flows", () => {
  const seen = { EnablePropagateAdditionalUserContextData: true };
  const client = { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH" as const] };

  test.each([
    [true, true, []],
    [true, false, ["context_data"]],
    [false, true, ["context_data"]],
  ])("need client (%j) and setting (%j) to tell who calls", async (isAllowed, isSet, subjects) => {
    const options = { authFlow: "USER_PASSWORD_AUTH", propagatesCallerAddress: isSet } as const;

    expect(await subjectsOf({ client: { ...client, ...(isAllowed && seen) }, options })).toEqual(
      subjects,
    );
  });
});

describe("what cannot be read", () => {
  test("is not checked without credentials", async () => {
    const findings = await checkPool(await startPool({ options: { credentials: undefined } }));

    expect(findings.map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ["user_pool", "not_checked"],
      ["app_client", "not_checked"],
    ]);
  });

  test.each([
    ["AccessDeniedException", "do not allow cognito-idp:DescribeUserPool."],
    ["InternalErrorException", "Cognito did not answer"],
  ])("is not checked after %s, and the rest is", async (name, why) => {
    const upstream = await startUpstream();
    upstream.script("DescribeUserPool", throws(name));
    upstream.script("DescribeUserPoolClient", {
      status: 200,
      contentType: "application/x-amz-json-1.1",
      body: JSON.stringify({ UserPoolClient: { ...goodClient, ClientSecret: "known" } }),
    });
    const { endpoint } = upstream;

    const findings = await checkPool({
      ...(await startPool({})),
      endpoint,
      clientSecrets: ["known"],
    });

    expect(findings.map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ["user_pool", "not_checked"],
    ]);
    expect(findings[0]?.message).toContain(why);
  });

  test("is wrong where it does not exist", async () => {
    const findings = await checkPool(
      await startPool({ options: { clientId: "7nobody7nobody7nobody7nobo" } }),
    );

    expect(findings).toContainEqual(
      expect.objectContaining({ subject: "app_client", outcome: "wrong" }),
    );
  });
});
