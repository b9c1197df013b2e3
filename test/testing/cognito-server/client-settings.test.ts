import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  SignUpCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { ada, password, refusalOf, startWorld, type World } from "./support.ts";

type Settings = Partial<CreateUserPoolClientCommandInput>;

function create({ sdk, poolId }: World, input: Settings) {
  const named = { UserPoolId: poolId, ClientName: "other" };
  return sdk.send(new CreateUserPoolClientCommand({ ...named, ...input }));
}

describe("a secret of one's own", () => {
  const ClientSecret = "ownsecretwhichiswelllongenough00";

  test("is the client's, which is then no public one", async () => {
    const world = await startWorld();

    const { UserPoolClient } = await create(world, { ClientSecret });

    expect(UserPoolClient?.ClientSecret).toBe(ClientSecret);
    const ClientId = UserPoolClient?.ClientId;
    const signUp = new SignUpCommand({ ClientId, Username: ada, Password: password });
    expect(await refusalOf(world.sdk.send(signUp))).toMatch(/SECRET_HASH was not received$/);
  });

  test("is not taken beside one that is to be generated", async () => {
    const world = await startWorld();

    expect(await refusalOf(create(world, { ClientSecret, GenerateSecret: true }))).toMatch(
      /^InvalidParameterException/,
    );
  });
});

describe("what Cognito refuses of a client", () => {
  const code = {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: ["https://example.com"],
  } satisfies Settings;
  const machine = {
    GenerateSecret: true,
    AllowedOAuthFlows: ["client_credentials"],
  } satisfies Settings;

  // The words are those of the service, as reports quote them.
  test.each<[string, Settings, string]>([
    [
      "OAuth without flows",
      { AllowedOAuthFlowsUserPoolClient: true },
      "InvalidParameterException: AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      "codes that lead nowhere",
      { ...code, CallbackURLs: [] },
      "InvalidParameterException: CallbackUrls can not be empty when code flow or implicit flow is selected",
    ],
    [
      "plain http",
      { ...code, CallbackURLs: ["http://example.com"] },
      "InvalidParameterException: http://example.com cannot use the HTTP protocol.",
    ],
    [
      "plain http to sign out",
      { ...code, LogoutURLs: ["http://example.com"] },
      "InvalidParameterException: http://example.com cannot use the HTTP protocol.",
    ],
    [
      "a default address that is none of the others",
      { ...code, DefaultRedirectURI: "https://other.example.com" },
      "InvalidParameterException: The default redirect URI https://other.example.com is not in the callback URIs list.",
    ],
    [
      "machines beside people",
      { ...code, GenerateSecret: true, AllowedOAuthFlows: ["code", "client_credentials"] },
      "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.",
    ],
    [
      "a machine that is to be somebody",
      { ...machine, AllowedOAuthScopes: ["openid"] },
      "InvalidOAuthFlowException: openid is not supported with client_credentials flow.",
    ],
    [
      "machines without a secret",
      { ...machine, GenerateSecret: false },
      "InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.",
    ],
    [
      "scopes that no API has",
      { ...code, AllowedOAuthScopes: ["orders/read"] },
      "ScopeDoesNotExistException: Invalid scope requested: orders/read",
    ],
    [
      "analytics of half an application",
      { AnalyticsConfiguration: { ApplicationId: "0a" } },
      "InvalidParameterException: Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
    ],
    [
      "tokens that outlive what refreshes them",
      {
        RefreshTokenValidity: 1,
        AccessTokenValidity: 2,
        TokenValidityUnits: { RefreshToken: "hours" },
      },
      "InvalidParameterException: Access and Id Token expiration times must be less than or equal to refresh token expiration times.",
    ],
    [
      "old and new names of flows",
      { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] },
      "InvalidParameterException: Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.",
    ],
  ])("is %s", async (_case, input, refusal) => {
    const world = await startWorld();

    expect(await refusalOf(create(world, input))).toBe(refusal);
  });

  // https://github.com/aws-amplify/amplify-cli/issues/11986
  test("is a provider that the pool does not have", async () => {
    const world = await startWorld();
    const SupportedIdentityProviders = ["COGNITO", "Google"];

    expect(await refusalOf(create(world, { SupportedIdentityProviders }))).toBe(
      `InvalidParameterException: The provider Google does not exist for User Pool ${world.poolId}.`,
    );
  });
});

test("what a client was told of signing in at pages is gone with the next update that does not tell it", async () => {
  const world = await startWorld({ client: { CallbackURLs: ["https://example.com"] } });
  const named = { UserPoolId: world.poolId, ClientId: world.clientId };

  await world.sdk.send(new UpdateUserPoolClientCommand(named));

  const { UserPoolClient } = await world.sdk.send(new DescribeUserPoolClientCommand(named));
  expect(UserPoolClient).not.toHaveProperty("CallbackURLs");
});

test("clients and pools are renamed by their updates, and keep their names by one that says none", async () => {
  const world = await startWorld();
  const ofPool = { UserPoolId: world.poolId };
  const ofClient = { ...ofPool, ClientId: world.clientId };
  const names = async () => {
    const { UserPool } = await world.sdk.send(new DescribeUserPoolCommand(ofPool));
    const { UserPoolClient } = await world.sdk.send(new DescribeUserPoolClientCommand(ofClient));
    return [UserPool?.Name, UserPoolClient?.ClientName];
  };

  await world.sdk.send(new UpdateUserPoolCommand({ ...ofPool, PoolName: "renamed" }));
  await world.sdk.send(new UpdateUserPoolClientCommand({ ...ofClient, ClientName: "renamed" }));
  const renamed = await names();
  await world.sdk.send(new UpdateUserPoolCommand(ofPool));
  await world.sdk.send(new UpdateUserPoolClientCommand(ofClient));

  expect(renamed).toEqual(["renamed", "renamed"]);
  expect(await names()).toEqual(renamed);
});

describe("what Cognito refuses of a pool", () => {
  // https://github.com/aws-amplify/amplify-backend/pull/1523, https://github.com/aws/aws-cdk/issues/12075
  test.each([
    [
      { AutoVerifiedAttributes: ["phone_number" as const] },
      "InvalidParameterException: SMS configuration is required when phone_number is selected for auto verification",
    ],
    [
      { MfaConfiguration: "OPTIONAL" as const },
      "InvalidParameterException: SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    ],
  ])("is text messages that nobody sends: %j", async (input, refusal) => {
    const { sdk } = await startWorld();
    const create = new CreateUserPoolCommand({ PoolName: "other", ...input });

    expect(await refusalOf(sdk.send(create))).toBe(refusal);
  });

  test.each([
    [
      "threat protection in a tier without",
      { UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" as const } },
      "FeatureUnavailableInTierException: The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection",
    ],
    [
      "mail of its own without an identity",
      { EmailConfiguration: { EmailSendingAccount: "DEVELOPER" as const } },
      "InvalidParameterException: Source ARN is required to use DEVELOPER email sending owner",
    ],
    [
      "two lives of a temporary password",
      {
        AdminCreateUserConfig: { UnusedAccountValidityDays: 7 },
        Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } },
      },
      "InvalidParameterException: Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    ],
    [
      "first factors without a password",
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["EMAIL_OTP" as const] } } },
      "InvalidParameterException: Password should be configured as one of the allowed first auth factors.",
    ],
  ])("is %s", async (_case, input, refusal) => {
    const { sdk, poolId } = await startWorld();

    expect(
      await refusalOf(sdk.send(new UpdateUserPoolCommand({ UserPoolId: poolId, ...input }))),
    ).toBe(refusal);
  });

  test("is a message with no place for the code", async () => {
    const { sdk, poolId } = await startWorld();
    const input = { UserPoolId: poolId, EmailVerificationMessage: "Welcome!" };

    expect(await refusalOf(sdk.send(new UpdateUserPoolCommand(input)))).toMatch(
      /at 'emailVerificationMessage' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    );
  });
});
