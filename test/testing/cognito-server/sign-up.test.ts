import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { ada, named, password, refusalOf, signUp, startWorld, type World } from "./support.ts";

const unknown = "nobody@example.com";
const hidden = { client: { PreventUserExistenceErrors: "ENABLED" } } as const;

function tryToSignUp(world: World, changes: object) {
  return world.sdk.send(new SignUpCommand({ ...named(world), Password: password, ...changes }));
}

function confirm(world: World, ConfirmationCode: string, username = ada) {
  return world.sdk.send(new ConfirmSignUpCommand({ ...named(world, username), ConfirmationCode }));
}

describe("SignUp", () => {
  test("SignUp tells who was signed up and where the code went, and no more", async () => {
    const world = await startWorld();

    const { UserConfirmed, UserSub, CodeDeliveryDetails } = await signUp(world);

    expect(UserConfirmed).toBe(false);
    expect(UserSub).toMatch(/^[0-9a-f-]{36}$/);
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "a***@e***",
    });
  });

  test("SignUp tells of no code where nothing is verified automatically", async () => {
    const world = await startWorld({ pool: { AutoVerifiedAttributes: [] } });

    expect(await signUp(world)).not.toHaveProperty("CodeDeliveryDetails");
  });

  test.each([
    [
      "a wrong secret hash",
      { SecretHash: "d3Jvbmc=" },
      /^NotAuthorizedException: Unable to verify secret hash for client \w+$/,
    ],
    [
      "no secret hash",
      { SecretHash: undefined },
      /^NotAuthorizedException: Client \w+ is configured with secret but SECRET_HASH was not received$/,
    ],
    [
      "an unknown client",
      { ClientId: "unknown" },
      /^ResourceNotFoundException: User pool client unknown does not exist\.$/,
    ],
    [
      "a short password",
      { Password: "Aa1!" },
      /^InvalidPasswordException: Password did not conform with policy: Password not long enough$/,
    ],
    [
      "a password without a symbol",
      { Password: "Correct7Horse" },
      /^InvalidPasswordException: .*Password must have symbol characters$/,
    ],
    [
      "a custom attribute that the pool does not have",
      { UserAttributes: [{ Name: "custom:tenant", Value: "42" }] },
      /^InvalidParameterException: Attributes did not conform to the schema: custom:tenant/,
    ],
    [
      "what only Cognito sets",
      { UserAttributes: [{ Name: "email_verified", Value: "true" }] },
      /^NotAuthorizedException: A client attempted to write unauthorized attribute$/,
    ],
    [
      "a telephone number that is none",
      { UserAttributes: [{ Name: "phone_number", Value: "12" }] },
      /^InvalidParameterException: Invalid phone number format\.$/,
    ],
    [
      "white space in the user name",
      { Username: "a b" },
      /^InvalidParameterException: 1 validation error detected: Value 'a b' at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: \[/,
    ],
  ])("SignUp refuses %s", async (_case, changes, expected) => {
    const world = await startWorld();

    expect(await refusalOf(tryToSignUp(world, changes))).toMatch(expected);
  });

  test("SignUp refuses a user name that is no address, where addresses are user names", async () => {
    const world = await startWorld();

    const refusal = await refusalOf(signUp(world, "ada"));

    expect(refusal).toBe("InvalidParameterException: Username should be an email.");
  });

  test.each([startWorld, () => startWorld(hidden)])(
    "tells that an address is taken, to whichever client",
    async (start) => {
      const world = await start();
      await signUp(world);

      expect(await refusalOf(signUp(world))).toBe(
        "UsernameExistsException: An account with the given email already exists.",
      );
    },
  );

  test("SignUp takes names that differ by case for two, as the API's default is", async () => {
    const world = await startWorld();
    await signUp(world);

    await expect(signUp(world, "Ada@example.com")).resolves.toBeDefined();
  });

  test("SignUp takes names that differ by case for one, where the pool is told to", async () => {
    const world = await startWorld({ pool: { UsernameConfiguration: { CaseSensitive: false } } });
    await signUp(world);

    expect(await refusalOf(signUp(world, "Ada@example.com"))).toMatch(/^UsernameExistsException/);
  });

  test("SignUp is refused where only administrators make users", async () => {
    const pool = { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } };
    const world = await startWorld({ pool });

    expect(await refusalOf(signUp(world))).toBe(
      "NotAuthorizedException: SignUp is not permitted for this user pool",
    );
  });

  test("SignUp refuses a secret hash from a client that has no secret", async () => {
    const world = await startWorld({ client: { GenerateSecret: false } });

    expect(await refusalOf(signUp(world))).toMatch(/^NotAuthorizedException: Unable to verify/);
  });

  test("SignUp says that the code could not be delivered, and keeps the user", async () => {
    const onMessage = () => {
      throw new Error("no mail today");
    };
    const world = await startWorld({ server: { onMessage } });

    expect(await refusalOf(signUp(world))).toMatch(/^CodeDeliveryFailureException/);
    expect(await refusalOf(signUp(world))).toMatch(/^UsernameExistsException/);
  });
});

describe("ConfirmSignUp", () => {
  test("ConfirmSignUp confirms, and proves the address", async () => {
    const world = await startWorld();
    await signUp(world);

    await confirm(world, world.lastCode());

    const user = await world.sdk.send(
      new AdminGetUserCommand({ UserPoolId: world.poolId, Username: ada }),
    );
    expect(user.UserStatus).toBe("CONFIRMED");
    expect(user.UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });
  });

  test("ConfirmSignUp refuses a wrong code", async () => {
    const world = await startWorld();
    await signUp(world);

    expect(await refusalOf(confirm(world, "000000x"))).toBe(
      "CodeMismatchException: Invalid verification code provided, please try again.",
    );
  });

  test("ConfirmSignUp refuses a right code with a wrong secret hash, and keeps it", async () => {
    const world = await startWorld();
    await signUp(world);
    const ConfirmationCode = world.lastCode();
    const wrong = { ...named(world), SecretHash: world.hash("other"), ConfirmationCode };

    expect(await refusalOf(world.sdk.send(new ConfirmSignUpCommand(wrong)))).toMatch(
      /^NotAuthorizedException: Unable to verify secret hash/,
    );
    await confirm(world, ConfirmationCode);
  });

  test("ConfirmSignUp refuses what is confirmed already", async () => {
    const world = await startWorld();
    await signUp(world);
    const code = world.lastCode();
    await confirm(world, code);

    expect(await refusalOf(confirm(world, code))).toBe(
      "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED",
    );
  });

  test("ConfirmSignUp refuses a code that is a day old", async () => {
    const world = await startWorld();
    await signUp(world);
    world.clock.advance(24 * 3600);

    expect(await refusalOf(confirm(world, world.lastCode()))).toBe(
      "ExpiredCodeException: Invalid code provided, please request a code again.",
    );
  });

  test("ConfirmSignUp tells that a user is unknown, or hides it, as the client is set up", async () => {
    const telling = await startWorld();
    const hiding = await startWorld(hidden);

    expect(await refusalOf(confirm(telling, "123456", unknown))).toBe(
      "UserNotFoundException: Username/client id combination not found.",
    );
    expect(await refusalOf(confirm(hiding, "123456", unknown))).toMatch(/^CodeMismatchException/);
  });
});

describe("ResendConfirmationCode", () => {
  function resend(world: World, username = ada) {
    return world.sdk.send(new ResendConfirmationCodeCommand(named(world, username)));
  }

  test("ResendConfirmationCode sends another code", async () => {
    const world = await startWorld();
    await signUp(world);

    const { CodeDeliveryDetails } = await resend(world);

    expect(CodeDeliveryDetails?.Destination).toBe("a***@e***");
    await confirm(world, world.lastCode());
  });

  test("ResendConfirmationCode refuses a user who is confirmed", async () => {
    const world = await startWorld();
    await signUp(world);
    await world.sdk.send(
      new AdminConfirmSignUpCommand({ UserPoolId: world.poolId, Username: ada }),
    );

    expect(await refusalOf(resend(world))).toBe(
      "InvalidParameterException: User is already confirmed.",
    );
  });

  test("ResendConfirmationCode is refused the sixth time in an hour", async () => {
    const world = await startWorld();
    await signUp(world);
    for (let times = 5; times > 0; times -= 1) await resend(world);

    expect(await refusalOf(resend(world))).toBe(
      "LimitExceededException: Attempt limit exceeded, please try after some time.",
    );
  });

  // ministack keeps the setting and goes on telling. Amazon's page on it says what is to be answered instead.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  test("ResendConfirmationCode plays that it sent a code to an unknown user, where that is hidden", async () => {
    const world = await startWorld(hidden);

    const once = await resend(world, unknown);
    const again = await resend(world, unknown);

    expect(once.CodeDeliveryDetails?.Destination).toBe("n***@e***");
    expect(again.CodeDeliveryDetails).toEqual(once.CodeDeliveryDetails);
  });

  test("ResendConfirmationCode tells that a user is unknown, where that is not hidden", async () => {
    const world = await startWorld();

    expect(await refusalOf(resend(world, unknown))).toBe(
      "UserNotFoundException: Username/client id combination not found.",
    );
  });
});
