import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { makeClient, makePool } from "../../support/cognito-strict.ts";
import {
  ada,
  initiate,
  invite,
  password,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
} from "./support.ts";

const unknown = "nobody@example.com";
const wrongPassword = { PASSWORD: "Wrong-Horse-7" };
const wrongCredentials = "NotAuthorizedException: Incorrect username or password.";

test.each(["TARGET_ACR_VALUES", "MAX_AGE"])(
  "a sign-in that is to reach a level by %s is refused",
  async (name) => {
    const world = await startWorld();

    expect(await refusalOf(initiate(world, { [name]: "1" }, "USER_AUTH"))).toMatch(
      /^InvalidParameterException: This server does not do/,
    );
  },
);

describe("InitiateAuth", () => {
  test("InitiateAuth gives tokens as Cognito's are", async () => {
    const world = await startWorld();
    await signUpProven(world);

    const { AuthenticationResult: result, ...rest } = await initiate(world);

    expect(rest).toMatchObject({ ChallengeParameters: {} });
    expect(rest).not.toHaveProperty("ChallengeName");
    expect(result).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });
    const { AccessToken = "", IdToken = "" } = result ?? {};
    expect(decodeProtectedHeader(AccessToken)).toEqual({ alg: "RS256", kid: expect.any(String) });
    expect(decodeProtectedHeader(IdToken).kid).not.toBe(decodeProtectedHeader(AccessToken).kid);
    const access = decodeJwt(AccessToken);
    expect(access).toMatchObject({
      client_id: world.clientId,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      username: access.sub,
    });
    expect(access).not.toHaveProperty("aud");
    expect(decodeJwt(IdToken)).toMatchObject({ aud: world.clientId, email_verified: true });
  });

  test.each([
    ["an unknown user", { USERNAME: unknown }, "UserNotFoundException: User does not exist."],
    ["a wrong password", wrongPassword, wrongCredentials],
    [
      "a hash over another name",
      { SECRET_HASH: "d3Jvbmc=" },
      /^NotAuthorizedException: Unable to verify secret hash for client/,
    ],
    [
      "no password",
      { PASSWORD: "" },
      "InvalidParameterException: Missing required parameter PASSWORD",
    ],
  ])("InitiateAuth refuses %s", async (_case, parameters, expected) => {
    const world = await startWorld();
    await signUpProven(world);

    expect(await refusalOf(initiate(world, parameters))).toMatch(expected);
  });

  test("InitiateAuth looks at the secret hash before it looks at the user", async () => {
    const world = await startWorld();

    const refusal = await refusalOf(
      initiate(world, { USERNAME: unknown, SECRET_HASH: "d3Jvbmc=" }),
    );

    expect(refusal).toMatch(/Unable to verify secret hash/);
  });

  test("InitiateAuth looks at the secret hash before it looks at the flow", async () => {
    const world = await startWorld({ client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] } });

    expect(await refusalOf(initiate(world, { SECRET_HASH: "d3Jvbmc=" }))).toMatch(/secret hash/);
    expect(await refusalOf(initiate(world))).toBe(
      "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    );
  });

  test("InitiateAuth refuses the flows of the operation that takes credentials", async () => {
    const world = await startWorld();

    expect(await refusalOf(initiate(world, {}, "ADMIN_USER_PASSWORD_AUTH"))).toBe(
      "InvalidParameterException: Initiate Auth method not supported.",
    );
  });

  test("InitiateAuth refuses to refresh by name on a client that rotates, whatever else it allows", async () => {
    const world = await startWorld({
      client: {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
      },
    });
    await signUpProven(world);
    const { RefreshToken } = await tokensOf(world);
    const SECRET_HASH = world.hash(decodeJwt((await tokensOf(world)).AccessToken).sub ?? "");

    const refresh = initiate(
      world,
      { REFRESH_TOKEN: RefreshToken, SECRET_HASH },
      "REFRESH_TOKEN_AUTH",
    );

    expect(await refusalOf(refresh)).toMatch(/flow not enabled for this client/);
  });

  // ministack keeps PreventUserExistenceErrors and does not honour it.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  test("InitiateAuth hides unknown users where the client is told to", async () => {
    const world = await startWorld({ client: { PreventUserExistenceErrors: "ENABLED" } });

    expect(await refusalOf(initiate(world, { USERNAME: unknown }))).toBe(wrongCredentials);
  });

  test("InitiateAuth tells where an account stands only to whoever knows the password", async () => {
    const world = await startWorld();
    await signUp(world);

    expect(await refusalOf(initiate(world, wrongPassword))).toBe(wrongCredentials);
    expect(await refusalOf(initiate(world))).toBe(
      "UserNotConfirmedException: User is not confirmed.",
    );
  });

  test.each([
    [AdminDisableUserCommand, "NotAuthorizedException: User is disabled."],
    [
      AdminResetUserPasswordCommand,
      "PasswordResetRequiredException: Password reset required for the user",
    ],
  ])("InitiateAuth refuses the right password of a user after %o", async (Command, expected) => {
    const world = await startWorld();
    await signUpProven(world);
    await world.sdk.send(new Command({ UserPoolId: world.poolId, Username: ada }));

    expect(await refusalOf(initiate(world))).toBe(expected);
  });

  test("InitiateAuth refuses a temporary password after its seven days", async () => {
    const world = await startWorld();
    await invite(world);
    world.clock.advance(7 * 24 * 3600);

    expect(await refusalOf(initiate(world))).toBe(
      "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.",
    );
  });

  // https://github.com/amazon-archives/amazon-cognito-identity-js/issues/479
  test("InitiateAuth says NotAuthorized while an account is locked, to the right password as well", async () => {
    const world = await startWorld();
    await signUpProven(world);
    for (let times = 5; times > 0; times -= 1) await refusalOf(initiate(world, wrongPassword));

    expect(await refusalOf(initiate(world))).toBe(
      "NotAuthorizedException: Password attempts exceeded",
    );
    world.clock.advance(1);
    await expect(initiate(world)).resolves.toHaveProperty("AuthenticationResult");
  });
});

describe("AdminInitiateAuth", () => {
  const admin = "ADMIN_USER_PASSWORD_AUTH";

  test.each([admin, "ADMIN_NO_SRP_AUTH"] as const)(
    "AdminInitiateAuth signs in by %s",
    async (AuthFlow) => {
      const world = await startWorld();
      await signUpProven(world);

      const { AuthenticationResult } = await world.sdk.send(
        new AdminInitiateAuthCommand({
          UserPoolId: world.poolId,
          ClientId: world.clientId,
          AuthFlow,
          AuthParameters: { USERNAME: ada, PASSWORD: password, SECRET_HASH: world.hash(ada) },
        }),
      );

      expect(AuthenticationResult).toHaveProperty("AccessToken");
    },
  );

  test("AdminInitiateAuth refuses the client of another pool", async () => {
    const world = await startWorld();
    const other = await makeClient(world, await makePool(world));

    const call = world.sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId: world.poolId,
        ClientId: other.id,
        AuthFlow: admin,
        AuthParameters: { USERNAME: ada, PASSWORD: password },
      }),
    );

    expect(await refusalOf(call)).toBe(
      `ResourceNotFoundException: User pool client ${other.id} does not exist.`,
    );
  });

  test("AdminInitiateAuth refuses a flow that anyone may begin", async () => {
    const world = await startWorld();

    const call = world.sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId: world.poolId,
        ClientId: world.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: ada, PASSWORD: password, SECRET_HASH: world.hash(ada) },
      }),
    );

    expect(await refusalOf(call)).toBe(
      "InvalidParameterException: Initiate Auth method not supported.",
    );
  });
});
