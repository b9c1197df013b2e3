import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmSignUpCommand,
  type CreateUserPoolCommandInput,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  ada,
  initiate,
  named,
  password,
  refusalOf,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const phone = "+14155550123";
const otherPhone = "+14155550199";

type PoolInput = Partial<CreateUserPoolCommandInput>;

const startPool = (pool: PoolInput) => startWorld({ pool: { UsernameAttributes: [], ...pool } });

function signUpAs(world: World, username: string, attributes: Record<string, string> = {}) {
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const input = { ...named(world, username), Password: password, UserAttributes };
  return world.sdk.send(new SignUpCommand(input));
}

function confirm(world: World, username: string, more: { ForceAliasCreation?: boolean } = {}) {
  const ConfirmationCode = world.lastCode(username);
  return world.sdk.send(
    new ConfirmSignUpCommand({ ...named(world, username), ConfirmationCode, ...more }),
  );
}

describe("telephone numbers for user names", () => {
  const pool: PoolInput = {
    UsernameAttributes: ["phone_number"],
    AutoVerifiedAttributes: ["phone_number"],
  };

  test("telephone numbers for user names sign up by text message, and sign in", async () => {
    const world = await startPool(pool);

    const { CodeDeliveryDetails } = await signUpAs(world, phone);
    await confirm(world, phone);

    expect(CodeDeliveryDetails).toEqual({
      AttributeName: "phone_number",
      DeliveryMedium: "SMS",
      Destination: "+*******0123",
    });
    await expect(tokensOf(world, phone)).resolves.toHaveProperty("IdToken");
  });

  test("telephone numbers for user names are not for anyone else, nor is another name a user name", async () => {
    const world = await startPool(pool);
    const either = await startPool({ ...pool, UsernameAttributes: ["phone_number", "email"] });
    await signUpAs(world, phone);

    expect(await refusalOf(signUpAs(world, phone))).toBe(
      "UsernameExistsException: An account with the given phone_number already exists.",
    );
    expect(await refusalOf(signUpAs(world, ada))).toBe(
      "InvalidParameterException: Username should be a phone number.",
    );
    expect(await refusalOf(signUpAs(either, "ada"))).toBe(
      "InvalidParameterException: Username should be either an email or a phone number.",
    );
  });

  test("telephone numbers for user names go with e-mail addresses, of which one account has each", async () => {
    const world = await startPool({
      UsernameAttributes: ["phone_number", "email"],
      AutoVerifiedAttributes: ["email", "phone_number"],
    });
    const { CodeDeliveryDetails } = await signUpAs(world, ada, { phone_number: phone });
    await confirm(world, ada);

    expect(CodeDeliveryDetails).toMatchObject({ DeliveryMedium: "SMS" });
    for (const name of [ada, phone]) await tokensOf(world, name);
    expect(await refusalOf(signUpAs(world, phone))).toMatch(/^UsernameExistsException/);
  });
});

describe("aliases", () => {
  const pool: PoolInput = { AliasAttributes: ["email"], AutoVerifiedAttributes: ["email"] };

  test("aliases are of the kinds that the pool has, once they are proven", async () => {
    const world = await startPool(pool);
    await signUpAs(world, "ada", { email: ada, phone_number: phone });
    const early = initiate(world, { USERNAME: ada });

    expect(await refusalOf(early)).toMatch(/^UserNotFoundException/);
    await confirm(world, "ada");
    await tokensOf(world, ada);
    const user = { UserPoolId: world.poolId, Username: "ada" };
    const UserAttributes = [{ Name: "phone_number_verified", Value: "true" }];
    await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
    expect(await refusalOf(initiate(world, { USERNAME: phone }))).toMatch(/^UserNotFound/);
  });

  test("aliases keep user names of their form from being taken, and no others", async () => {
    const world = await startPool(pool);

    expect(await refusalOf(signUpAs(world, ada))).toBe(
      "InvalidParameterException: Username cannot be of email format, since user pool is configured for email alias.",
    );
    await signUpAs(world, phone, { email: ada });
  });

  test("aliases go to whoever proves them first, or is let take them", async () => {
    const world = await startPool(pool);
    for (const name of ["ada", "grace"]) await signUpAs(world, name, { email: ada });
    await confirm(world, "ada");

    expect(await refusalOf(confirm(world, "grace"))).toMatch(/^AliasExistsException/);
    await confirm(world, "grace", { ForceAliasCreation: true });
    const { AccessToken } = await tokensOf(world, ada);
    const payload = Buffer.from(AccessToken.split(".")[1] ?? "", "base64url").toString();
    expect(JSON.parse(payload)).toMatchObject({ username: "grace" });
  });

  test("aliases go to whom an administrator gives them, where that is said", async () => {
    const world = await startPool(pool);
    await signUpAs(world, "ada", { email: ada });
    await confirm(world, "ada");
    const create = (ForceAliasCreation: boolean) =>
      world.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId: world.poolId,
          Username: "grace",
          ForceAliasCreation,
          MessageAction: "SUPPRESS",
          TemporaryPassword: password,
          UserAttributes: [
            { Name: "email", Value: ada },
            { Name: "email_verified", Value: "true" },
          ],
        }),
      );

    expect(await refusalOf(create(false))).toMatch(/^AliasExistsException/);
    await create(true);
    expect(await initiate(world, { USERNAME: ada })).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeParameters: { USER_ID_FOR_SRP: "grace" },
    });
  });

  test("aliases that are preferred user names are set after the sign-up, and are nobody else's", async () => {
    const world = await startPool({ AliasAttributes: ["preferred_username"] });
    for (const name of ["ada", "grace"]) {
      await signUpAs(world, name);
      const user = { UserPoolId: world.poolId, Username: name };
      await world.sdk.send(new AdminConfirmSignUpCommand(user));
    }
    async function prefer(name: string) {
      const { AccessToken } = await tokensOf(world, name);
      const UserAttributes = [{ Name: "preferred_username", Value: "countess" }];
      return world.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
    }

    expect(await refusalOf(signUpAs(world, "kate", { preferred_username: "k" }))).toBe(
      "InvalidParameterException: Preferred username cannot be provided for unconfirmed account.",
    );
    await prefer("ada");
    await tokensOf(world, "countess");
    expect(await refusalOf(prefer("grace"))).toMatch(/^AliasExistsException/);
  });
});

test("a code goes out for new addresses of the kinds that the pool verifies", async () => {
  const world = await startPool({ AutoVerifiedAttributes: ["email"] });
  await signUpAs(world, "ada", { email: ada });
  await confirm(world, "ada");
  const { AccessToken } = await tokensOf(world, "ada");
  const change = async (Name: string, Value: string) => {
    const UserAttributes = [{ Name, Value }];
    const update = new UpdateUserAttributesCommand({ AccessToken, UserAttributes });
    const { CodeDeliveryDetailsList = [] } = await world.sdk.send(update);
    return CodeDeliveryDetailsList.map(({ AttributeName }) => AttributeName);
  };

  expect(await change("phone_number", otherPhone)).toEqual([]);
  expect(await change("email", "countess@example.com")).toEqual(["email"]);
});

test("an address is kept back until it was proven only where the pool says so of its kind", async () => {
  const world = await startPool({
    AutoVerifiedAttributes: ["email", "phone_number"],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  });
  await signUpAs(world, "ada", { email: ada });
  await confirm(world, "ada");
  const { AccessToken } = await tokensOf(world, "ada");
  const UserAttributes = [
    { Name: "email", Value: "countess@example.com" },
    { Name: "phone_number", Value: phone },
  ];

  await world.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));

  const { IdToken } = await tokensOf(world, "ada");
  const claims = JSON.parse(Buffer.from(IdToken.split(".")[1] ?? "", "base64url").toString());
  expect(claims).toMatchObject({ email: ada, phone_number: phone, phone_number_verified: false });
});

test("no address is to be kept back of a kind that is not verified", async () => {
  const refused = startPool({
    AutoVerifiedAttributes: [],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  });

  expect(await refusalOf(refused)).toMatch(/^InvalidParameterException/);
});
