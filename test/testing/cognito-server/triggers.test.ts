import {
  AdminCreateUserCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  CreateUserPoolCommand,
  ForgotPasswordCommand,
  ListUserSessionsCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import type { CognitoTrigger, CognitoTriggerEvent } from "../../../src/testing/index.ts";
import {
  ada,
  initiate,
  named,
  password,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
} from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:trigger";

/** A world whose pool calls a function at one trigger, or at several. */
async function startWith(names: readonly string[], run: CognitoTrigger, client = {}) {
  const events: CognitoTriggerEvent[] = [];
  const watched: CognitoTrigger = (event) => {
    events.push(structuredClone(event));
    return run(event);
  };
  const world = await startWorld({
    server: { functions: { [arn]: watched } },
    pool: { LambdaConfig: Object.fromEntries(names.map((name) => [name, arn])) },
    client,
  });
  return { world, events };
}

const pass: CognitoTrigger = (event) => event;
const fail: CognitoTrigger = () => {
  throw new Error("not today");
};

describe("the trigger before a sign-up", () => {
  // https://github.com/aws-amplify/amplify-ui/issues/4960
  test("refuses it in its own words, after its name", async () => {
    const { world } = await startWith(["PreSignUp"], fail);
    const create = new AdminCreateUserCommand({ UserPoolId: world.poolId, Username: ada });

    for (const call of [() => signUp(world), () => world.sdk.send(create)])
      expect(await refusalOf(call())).toBe(
        "UserLambdaValidationException: PreSignUp failed with error not today.",
      );
    expect(await refusalOf(initiate(world))).toMatch(/^UserNotFoundException/);
  });

  test("confirms it and vouches for its address, with no code sent", async () => {
    const { world, events } = await startWith(["PreSignUp"], (event) => {
      event.response = { autoConfirmUser: true, autoVerifyEmail: true };
      return event;
    });

    const answer = await world.sdk.send(
      new SignUpCommand({
        ...named(world),
        Password: password,
        ValidationData: [{ Name: "captcha", Value: "7" }],
        ClientMetadata: { from: "shop" },
      }),
    );

    expect(answer.UserConfirmed).toBe(true);
    expect(answer).not.toHaveProperty("CodeDeliveryDetails");
    expect(world.server.outboxOf(world.poolId).messagesFor(ada)).toEqual([]);
    await world.sdk.send(new ForgotPasswordCommand(named(world)));
    expect(events[0]).toMatchObject({
      triggerSource: "PreSignUp_SignUp",
      userPoolId: world.poolId,
      userName: answer.UserSub,
      callerContext: { clientId: world.clientId },
      request: { validationData: { captcha: "7" }, clientMetadata: { from: "shop" } },
    });
  });

  test("gives its event back, or is called unrecognizable", async () => {
    const { world } = await startWith(["PreSignUp"], () => "nothing");

    expect(await refusalOf(signUp(world))).toBe(
      "InvalidLambdaResponseException: Unrecognizable lambda output",
    );
  });
});

test("the trigger after a confirmation is told of it, and undoes nothing", async () => {
  const { world, events } = await startWith(["PostConfirmation"], (event) =>
    event.triggerSource.endsWith("ForgotPassword") ? pass(event) : fail(event),
  );
  await signUp(world);
  const ConfirmationCode = world.lastCode();
  const confirm = new ConfirmSignUpCommand({ ...named(world), ConfirmationCode });

  const refused = await refusalOf(world.sdk.send(confirm));
  await tokensOf(world);
  await world.sdk.send(new ForgotPasswordCommand(named(world)));
  const code = { ConfirmationCode: world.lastCode(), Password: "Battery-Staple-8" };
  await world.sdk.send(new ConfirmForgotPasswordCommand({ ...named(world), ...code }));

  expect(refused).toBe(
    "UserLambdaValidationException: PostConfirmation failed with error not today.",
  );
  expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
    "PostConfirmation_ConfirmSignUp",
    "PostConfirmation_ConfirmForgotPassword",
  ]);
  expect(events[0]?.request).toMatchObject({
    userAttributes: {
      email: ada,
      email_verified: "true",
      "cognito:user_status": "CONFIRMED",
    },
  });
});

describe("the trigger before a sign-in", () => {
  test("refuses it, whatever the password", async () => {
    const { world } = await startWith(["PreAuthentication"], fail);
    await signUpProven(world);

    for (const PASSWORD of [password, "Wrong-Horse-7"])
      expect(await refusalOf(initiate(world, { PASSWORD }))).toBe(
        "UserLambdaValidationException: PreAuthentication failed with error not today.",
      );
  });

  test("is asked about a user who is unknown, where that is hidden", async () => {
    const hiding = { PreventUserExistenceErrors: "ENABLED" };
    const { world, events } = await startWith(["PreAuthentication"], pass, hiding);

    expect(await refusalOf(initiate(world))).toMatch(/^NotAuthorizedException/);
    expect(events[0]?.request).toEqual({
      userAttributes: {},
      validationData: null,
      userNotFound: true,
    });
  });
});

test("the trigger after a sign-in keeps the tokens back, and the session is over", async () => {
  let isRefusing = true;
  const { world } = await startWith(["PostAuthentication"], (event) =>
    isRefusing ? fail(event) : pass(event),
  );
  await signUpProven(world);

  expect(await refusalOf(initiate(world))).toBe(
    "UserLambdaValidationException: PostAuthentication failed with error not today.",
  );
  isRefusing = false;
  const { AccessToken } = await tokensOf(world);
  const { Sessions } = await world.sdk.send(new ListUserSessionsCommand({ AccessToken }));
  expect(Sessions).toHaveLength(1);
});

test("a trigger that would not be called is refused", async () => {
  const { world } = await startWith([], pass);

  for (const LambdaConfig of [{ UserMigration: `${arn}-other` }, { PreSignUp: `${arn}-other` }])
    expect(
      await refusalOf(
        world.sdk.send(new CreateUserPoolCommand({ PoolName: "other", LambdaConfig })),
      ),
    ).toMatch(/^InvalidParameterException: This server does not do LambdaConfig/);
});
