import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
  type LambdaConfigType,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import type {
  CognitoTrigger,
  CognitoTriggerEvent,
  TriggerName,
} from "../../../src/testing/index.ts";
import {
  ada,
  initiate,
  invite,
  named,
  password,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type WorldSetup,
} from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:trigger";
const ClientMetadata = { from: "shop" };

/** A world that tells of every event of some triggers, and does with it what a function says. */
async function startWatched(
  names: readonly TriggerName[],
  run: CognitoTrigger = (event) => event,
  setup: WorldSetup = {},
) {
  const events: CognitoTriggerEvent[] = [];
  const watched: CognitoTrigger = (event) => {
    events.push(structuredClone(event));
    return run(event);
  };
  const LambdaConfig: LambdaConfigType = Object.fromEntries(names.map((name) => [name, arn]));
  const world = await startWorld({
    ...setup,
    server: { triggers: Object.fromEntries(names.map((name) => [name, watched])) },
    pool: { LambdaConfig, ...setup.pool },
  });
  /** The events since the last time. */
  const taken = () => events.splice(0);
  return { world, taken, user: { UserPoolId: world.poolId, Username: ada } };
}

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

describe("the event before a message", () => {
  // https://github.com/localstack/localstack/issues/10754
  test("is Cognito's to the member", async () => {
    const { world, taken } = await startWatched(["CustomMessage"]);
    const input = { ...named(world), Password: password, ClientMetadata };

    const { UserSub } = await world.sdk.send(new SignUpCommand(input));

    expect(taken()).toEqual([
      {
        version: "1",
        region: "us-east-1",
        userPoolId: world.poolId,
        userName: UserSub,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
        triggerSource: "CustomMessage_SignUp",
        request: {
          userAttributes: {
            sub: UserSub,
            email: ada,
            email_verified: "false",
            "cognito:user_status": "UNCONFIRMED",
          },
          codeParameter: "{####}",
          linkParameter: "{##Click Here##}",
          usernameParameter: null,
          clientMetadata: ClientMetadata,
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
  });

  test("says what it is for, and has what the client sends along", async () => {
    const { world, taken, user } = await startWatched(["CustomMessage"]);
    await signUpProven(world);
    await signUp(world, "grace@example.com");
    taken();
    const grace = { ...named(world, "grace@example.com"), ClientMetadata };
    await world.sdk.send(new ResendConfirmationCodeCommand(grace));
    await world.sdk.send(new ForgotPasswordCommand({ ...named(world), ClientMetadata }));
    const { AccessToken } = await tokensOf(world);
    const UserAttributes = [{ Name: "email", Value: "ada@example.org" }];
    const own = { AccessToken, ClientMetadata };
    await world.sdk.send(new UpdateUserAttributesCommand({ ...own, UserAttributes }));
    const AttributeName = "email";
    await world.sdk.send(new GetUserAttributeVerificationCodeCommand({ ...own, AttributeName }));
    const invited = { ...user, Username: "joan@example.com", ClientMetadata };
    await world.sdk.send(new AdminCreateUserCommand(invited));
    const resent = { ...invited, MessageAction: "RESEND" as const };
    await world.sdk.send(new AdminCreateUserCommand(resent));

    const events = taken();
    for (const { request } of events) expect(request.clientMetadata).toEqual(ClientMetadata);
    expect(events.map(({ triggerSource }) => triggerSource.split("_")[1])).toEqual([
      "ResendCode",
      "ForgotPassword",
      "UpdateUserAttribute",
      "VerifyUserAttribute",
      "AdminCreateUser",
      "AdminCreateUser",
    ]);
  });

  test("lets the function write it, with the code and the user name in their places", async () => {
    const { world, user } = await startWatched(["CustomMessage"], (event) => {
      const { codeParameter: code, usernameParameter: name } = event.request;
      event.response.emailSubject = "Welcome";
      event.response.emailMessage = `${name ?? "You"}: ${code}`;
      return event;
    });
    await world.sdk.send(new AdminCreateUserCommand(user));
    const [invitation] = world.server.outboxOf(world.poolId).messagesFor(ada);
    await signUpProven(world, "grace@example.com");
    const grace = { ...user, Username: "grace@example.com" };
    await world.sdk.send(new AdminResetUserPasswordCommand({ ...grace, ClientMetadata }));
    const reset = world.server.outboxOf(world.poolId).messagesFor("grace@example.com").at(-1);

    expect(invitation).toMatchObject({
      subject: "Welcome",
      text: `${invitation?.username}: ${invitation?.code}`,
    });
    expect(reset).toMatchObject({ purpose: "password_reset", text: `You: ${reset?.code}` });
  });
});
