import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import type { CognitoTriggerEvent } from "../../../src/testing/index.ts";
import {
  ada,
  initiate,
  invite,
  named,
  password,
  signUp,
  signUpProven,
  tokensOf,
} from "./support.ts";
import { arn, ClientMetadata, startWatched } from "./watched-triggers.ts";

const subject = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

describe("the event before a sign-up", () => {
  // https://github.com/localstack/localstack/issues/10739
  test("is Cognito's to the member", async () => {
    const { world, taken } = await startWatched(["PreSignUp"]);

    const { UserSub } = await world.sdk.send(
      new SignUpCommand({
        ...named(world),
        Password: password,
        UserAttributes: [{ Name: "given_name", Value: "Ada" }],
      }),
    );

    expect(taken()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: world.poolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
        triggerSource: "PreSignUp_SignUp",
        request: { userAttributes: { given_name: "Ada", email: ada }, validationData: null },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  // https://github.com/localstack/localstack/issues/2964
  test("names no client where an administrator makes the user", async () => {
    const { world, taken, user } = await startWatched(["PreSignUp"]);

    const { User } = await world.sdk.send(new AdminCreateUserCommand({ ...user, ClientMetadata }));

    expect(taken()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: world.poolId,
        userName: User?.Username,
        callerContext: {
          awsSdkVersion: "aws-sdk-unknown-unknown",
          clientId: "CLIENT_ID_NOT_APPLICABLE",
        },
        triggerSource: "PreSignUp_AdminCreateUser",
        request: {
          userAttributes: { email: ada },
          validationData: null,
          clientMetadata: ClientMetadata,
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
  });

  test("has the user name where users have one", async () => {
    const pool = { UsernameAttributes: [] };
    const { world, taken } = await startWatched(["PreSignUp"], undefined, { pool });

    await signUp(world, "ada");

    expect(taken()).toMatchObject([{ userName: "ada", request: { userAttributes: {} } }]);
  });
});

// https://github.com/localstack/localstack/issues/11849
test("the event after a confirmation has what the client sends along, whoever confirms", async () => {
  const { world, taken, user } = await startWatched(["PostConfirmation"]);
  await signUp(world);
  const ConfirmationCode = world.lastCode();
  const confirm = { ...named(world), ConfirmationCode, ClientMetadata };
  await world.sdk.send(new ConfirmSignUpCommand(confirm));
  await world.sdk.send(new ForgotPasswordCommand(named(world)));
  const reset = { ConfirmationCode: world.lastCode(), Password: "Battery-Staple-8" };
  await world.sdk.send(new ConfirmForgotPasswordCommand({ ...confirm, ...reset }));
  const grace = { ...user, Username: "grace@example.com" };
  await signUp(world, grace.Username);
  await world.sdk.send(new AdminConfirmSignUpCommand({ ...grace, ClientMetadata }));

  const [first, ...others] = taken();

  expect(first).toEqual({
    version: "1",
    region: "us-east-1",
    userPoolId: world.poolId,
    userName: subject,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
    triggerSource: "PostConfirmation_ConfirmSignUp",
    request: {
      userAttributes: {
        sub: first?.userName,
        email: ada,
        email_verified: "true",
        "cognito:user_status": "CONFIRMED",
      },
      clientMetadata: ClientMetadata,
    },
    response: {},
  });
  expect(others).toMatchObject([
    {
      triggerSource: "PostConfirmation_ConfirmForgotPassword",
      request: { clientMetadata: ClientMetadata },
    },
    {
      triggerSource: "PostConfirmation_ConfirmSignUp",
      callerContext: { clientId: "CLIENT_ID_NOT_APPLICABLE" },
      request: { clientMetadata: ClientMetadata },
    },
  ]);
});

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
test("what is sent along to begin a sign-in is for the trigger before it, and none after", async () => {
  const { world, taken } = await startWatched([
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
  ]);
  await invite(world);
  const begun = await initiate(world, {}, "USER_PASSWORD_AUTH");
  taken();
  await world.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: world.clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: begun.Session,
      ChallengeResponses: {
        USERNAME: ada,
        NEW_PASSWORD: "Battery-Staple-8",
        SECRET_HASH: world.hash(ada),
      },
      ClientMetadata,
    }),
  );
  const responded = taken();
  const { AuthenticationResult } = await world.sdk.send(
    new InitiateAuthCommand({
      ClientId: world.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: {
        USERNAME: ada,
        PASSWORD: "Battery-Staple-8",
        SECRET_HASH: world.hash(ada),
      },
      ClientMetadata,
    }),
  );
  const initiated = taken();
  const { clientId: ClientId, secret: ClientSecret } = world;
  const RefreshToken = AuthenticationResult?.RefreshToken;
  const refresh = { ClientId, ClientSecret, RefreshToken, ClientMetadata };
  await world.sdk.send(new GetTokensFromRefreshTokenCommand(refresh));

  const metadataOf = (events: readonly CognitoTriggerEvent[]) =>
    events.map(({ triggerSource, request }) => [triggerSource, request.clientMetadata]);
  expect(metadataOf(responded)).toEqual([
    ["TokenGeneration_NewPasswordChallenge", ClientMetadata],
    ["PostAuthentication_Authentication", ClientMetadata],
  ]);
  expect(metadataOf(initiated)).toEqual([
    ["PreAuthentication_Authentication", undefined],
    ["TokenGeneration_Authentication", undefined],
    ["PostAuthentication_Authentication", undefined],
  ]);
  expect(initiated[0]?.request.validationData).toEqual(ClientMetadata);
  expect(metadataOf(taken())).toEqual([["TokenGeneration_RefreshTokens", ClientMetadata]]);
});

test.each([
  ["V1_0", "1", {}, { claimsOverrideDetails: null }],
  [
    "V2_0",
    "2",
    { scopes: ["aws.cognito.signin.user.admin"] },
    { claimsAndScopeOverrideDetails: null },
  ],
  [
    "V3_0",
    "3",
    { scopes: ["aws.cognito.signin.user.admin"] },
    { claimsAndScopeOverrideDetails: null },
  ],
] as const)(
  "the event before tokens of %s is Cognito's to the member",
  async (LambdaVersion, version, scopes, response) => {
    const pool = { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn } } };
    const { world, taken } = await startWatched(["PreTokenGeneration"], undefined, { pool });
    await signUpProven(world);

    await tokensOf(world);

    const [event] = taken();
    expect(event).toEqual({
      version,
      region: "us-east-1",
      userPoolId: world.poolId,
      userName: subject,
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
      triggerSource: "TokenGeneration_Authentication",
      request: {
        userAttributes: {
          sub: event?.userName,
          email: ada,
          email_verified: "true",
          "cognito:user_status": "CONFIRMED",
        },
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        ...scopes,
      },
      response,
    });
  },
);
