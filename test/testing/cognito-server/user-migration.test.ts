import {
  AdminGetUserCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import type { CognitoTrigger, CognitoTriggerEvent } from "../../../src/testing/index.ts";
import { ada, initiate, named, password, refusalOf, startWorld } from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:trigger";
const oldPassword = "old";

/** Moves Ada over, who had a password that the pool would not take. */
const migrate =
  (changes: object = {}): CognitoTrigger =>
  (event) => {
    const isSignIn = event.triggerSource === "UserMigration_Authentication";
    if (isSignIn && event.request.password !== oldPassword) throw new Error("Bad password");
    event.response = {
      userAttributes: { email: event.userName, email_verified: "true", given_name: "Ada" },
      finalUserStatus: "CONFIRMED",
      messageAction: "SUPPRESS",
      ...changes,
    };
    return event;
  };

async function startMigrating(run = migrate(), client = {}) {
  const events: CognitoTriggerEvent[] = [];
  const watched: CognitoTrigger = (event) => {
    events.push(structuredClone(event));
    return run(event);
  };
  const world = await startWorld({
    server: { functions: { [arn]: watched } },
    pool: { LambdaConfig: { UserMigration: arn } },
    client,
  });
  return { world, events, user: { UserPoolId: world.poolId, Username: ada } };
}

test("a user who signs in with the password from elsewhere is moved over, and signed in", async () => {
  const { world, events, user } = await startMigrating();
  const SECRET_HASH = world.hash(ada);
  const begin = new InitiateAuthCommand({
    ClientId: world.clientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: ada, PASSWORD: oldPassword, SECRET_HASH },
    ClientMetadata: { from: "shop" },
  });

  const { AuthenticationResult } = await world.sdk.send(begin);
  await world.sdk.send(begin);

  expect(AuthenticationResult).toHaveProperty("AccessToken");
  const found = await world.sdk.send(new AdminGetUserCommand(user));
  expect(found.UserStatus).toBe("CONFIRMED");
  expect(found.UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  expect(world.server.outboxOf(world.poolId).messagesFor(ada)).toEqual([]);
  expect(events).toEqual([
    {
      version: "1",
      region: "us-east-1",
      userPoolId: world.poolId,
      userName: ada,
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: world.clientId },
      triggerSource: "UserMigration_Authentication",
      request: { password: oldPassword, validationData: { from: "shop" }, userAttributes: null },
      response: {
        userAttributes: null,
        forceAliasCreation: null,
        enableSMSMFA: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
      },
    },
  ]);
});

test("a user who is moved over without being confirmed sets a new password first", async () => {
  const { world } = await startMigrating(migrate({ finalUserStatus: "RESET_REQUIRED" }));

  expect(await refusalOf(initiate(world, { PASSWORD: oldPassword }))).toMatch(
    /^PasswordResetRequiredException/,
  );
});

test("a user who forgot the password is moved over, and sets a new one", async () => {
  const { world } = await startMigrating();

  await world.sdk.send(new ForgotPasswordCommand(named(world)));
  const reset = { ConfirmationCode: world.lastCode(), Password: password };
  await world.sdk.send(new ConfirmForgotPasswordCommand({ ...named(world), ...reset }));

  await expect(initiate(world)).resolves.toHaveProperty("AuthenticationResult");
});

test.each([
  ["LEGACY", /^UserNotFoundException: Exception migrating user in app client /],
  ["ENABLED", /^NotAuthorizedException: Incorrect username or password\.$/],
])("a user whom the function knows nothing of is refused: %s", async (mode, refusal) => {
  const { world, user } = await startMigrating(migrate(), { PreventUserExistenceErrors: mode });

  expect(await refusalOf(initiate(world, { PASSWORD: "wrong" }))).toMatch(refusal);
  expect(await refusalOf(world.sdk.send(new AdminGetUserCommand(user)))).toMatch(
    /^UserNotFoundException/,
  );
});

test("a function that says nothing of the user moves nobody over", async () => {
  const { world } = await startMigrating((event) => event);

  expect(await refusalOf(initiate(world, { PASSWORD: oldPassword }))).toMatch(
    /^UserNotFoundException/,
  );
});

test("a user who signs in by an alias gets the user name that the function gives", async () => {
  const run: CognitoTrigger = (event) => {
    event.response = {
      userAttributes: { username: "ada", email: event.userName, email_verified: "true" },
      finalUserStatus: "CONFIRMED",
      messageAction: "SUPPRESS",
    };
    return event;
  };
  const world = await startWorld({
    server: { functions: { [arn]: run } },
    pool: {
      LambdaConfig: { UserMigration: arn },
      UsernameAttributes: [],
      AliasAttributes: ["email"],
    },
  });

  const { AuthenticationResult } = await initiate(world, { PASSWORD: oldPassword });

  expect(decodeJwt(AuthenticationResult?.AccessToken ?? "")).toMatchObject({ username: "ada" });
});

test("a user who is moved over is told, by the ways that the function names", async () => {
  const moved = migrate({
    userAttributes: { email: ada, email_verified: "true", phone_number: "+14155550123" },
    messageAction: null,
    desiredDeliveryMediums: ["SMS"],
  });
  const { world } = await startMigrating(moved);

  await initiate(world, { PASSWORD: oldPassword });

  const messages = world.server.outboxOf(world.poolId).messagesFor(ada);
  expect(messages.map(({ medium, purpose }) => [medium, purpose])).toEqual([["sms", "invitation"]]);
});
