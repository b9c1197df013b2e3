import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateUserPoolClientCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  type SchemaAttributeType,
  SignUpCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import {
  ada,
  initiate,
  invite,
  named,
  password,
  refusalOf,
  signUpProven,
  startWorld,
  tokensOf,
} from "./support.ts";

const text = "String" as const;
const number = "Number" as const;

describe("the values of attributes", () => {
  test.each([
    ["custom:age", "old"],
    ["custom:age", "12"],
    ["custom:age", "0x1e"],
    ["custom:is_member", "perhaps"],
    ["custom:since", "yesterday"],
    ["custom:code", "x"],
    ["custom:code", "x".repeat(5)],
    ["custom:other", "x"],
    ["birthdate", "1815"],
  ])("are refused where they are not of their type or bounds: %s = %s", async (Name, Value) => {
    const world = await startWorld({ pool: { Schema: [...bounded] } });
    const UserAttributes = [{ Name, Value }];

    expect(
      await refusalOf(
        world.sdk.send(new SignUpCommand({ ...named(world), Password: password, UserAttributes })),
      ),
    ).toMatch(
      new RegExp(`^InvalidParameterException: Attributes did not conform to the schema: ${Name}: `),
    );
  });

  test("are taken as templates and Python write them", async () => {
    const world = await startWorld({ pool: { Schema: [...bounded] } });
    const UserAttributes = [
      { Name: "email_verified", Value: "True" },
      { Name: "custom:age", Value: "30.5" },
      { Name: "custom:is_member", Value: "True" },
      { Name: "custom:since", Value: "2026-11-30T12:00:00Z" },
      { Name: "custom:code", Value: "xyz" },
    ];
    const user = { UserPoolId: world.poolId, Username: ada };

    await world.sdk.send(new AdminCreateUserCommand({ ...user, UserAttributes }));

    const { UserAttributes: held } = await world.sdk.send(new AdminGetUserCommand(user));
    expect(held).toContainEqual({ Name: "email_verified", Value: "true" });
    expect(held).toContainEqual({ Name: "custom:is_member", Value: "True" });
  });

  const bounded: readonly SchemaAttributeType[] = [
    {
      Name: "age",
      AttributeDataType: number,
      NumberAttributeConstraints: { MinValue: "18", MaxValue: "120" },
    },
    { Name: "is_member", AttributeDataType: "Boolean" },
    { Name: "since", AttributeDataType: "DateTime" },
    {
      Name: "code",
      AttributeDataType: text,
      StringAttributeConstraints: { MinLength: "2", MaxLength: "4" },
    },
  ];
});

describe("attributes for administrators alone", () => {
  const pool = {
    Schema: [{ Name: "rank", AttributeDataType: text, DeveloperOnlyAttribute: true }],
  };
  const UserAttributes = [{ Name: "dev:custom:rank", Value: "7" }];

  test("are theirs to set and to read, and out of users' reach", async () => {
    const world = await startWorld({ pool });
    await signUpProven(world);
    const user = { UserPoolId: world.poolId, Username: ada };
    await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
    const { AccessToken, IdToken } = await tokensOf(world);

    const { UserAttributes: all } = await world.sdk.send(new AdminGetUserCommand(user));
    const { UserAttributes: own } = await world.sdk.send(new GetUserCommand({ AccessToken }));

    expect(all).toContainEqual(UserAttributes[0]);
    expect(own?.map(({ Name }) => Name)).not.toContain("dev:custom:rank");
    expect(decodeJwt(IdToken)).not.toHaveProperty("dev:custom:rank");
    expect(
      await refusalOf(
        world.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes })),
      ),
    ).toMatch(/^NotAuthorizedException/);
  });
});

test("a first password brings no attribute that the client may not write", async () => {
  const Schema = [
    { Name: "rank", AttributeDataType: text, DeveloperOnlyAttribute: true },
    { Name: "role", AttributeDataType: text },
  ];
  const world = await startWorld({ pool: { Schema }, client: { WriteAttributes: ["name"] } });
  await invite(world);
  const begun = await initiate(world);

  for (const name of ["dev:custom:rank", "custom:role"])
    expect(
      await refusalOf(
        world.sdk.send(
          new RespondToAuthChallengeCommand({
            ClientId: world.clientId,
            ChallengeName: "NEW_PASSWORD_REQUIRED",
            Session: begun.Session,
            ChallengeResponses: {
              USERNAME: ada,
              NEW_PASSWORD: "Battery-Staple-8",
              SECRET_HASH: world.hash(ada),
              [`userAttributes.${name}`]: "admin",
            },
          }),
        ),
      ),
    ).toBe(
      "InvalidParameterException: Cannot modify an attribute that is not writable by the client",
    );
});

describe("the lists of attributes of a client", () => {
  // https://github.com/aws/aws-cdk/issues/2608
  test.each([
    ["read", { ReadAttributes: ["custom:nothing"] }],
    ["write", { WriteAttributes: ["custom:nothing"] }],
    ["write", { WriteAttributes: ["email_verified"] }],
    ["read", { ReadAttributes: ["dev:custom:rank"] }],
  ])("are refused with what the pool does not have to %s", async (kind, lists) => {
    const Schema = [{ Name: "rank", AttributeDataType: text, DeveloperOnlyAttribute: true }];
    const world = await startWorld({ pool: { Schema } });
    const ofPool = { UserPoolId: world.poolId, ...lists };
    const makes = new CreateUserPoolClientCommand({ ...ofPool, ClientName: "other" });
    const changes = new UpdateUserPoolClientCommand({ ...ofPool, ClientId: world.clientId });

    expect(await refusalOf(world.sdk.send(makes))).toBe(
      `InvalidParameterException: Invalid ${kind} attributes specified while creating a client`,
    );
    expect(await refusalOf(world.sdk.send(changes))).toBe(
      `InvalidParameterException: Invalid ${kind} attributes specified while updating a client`,
    );
  });
});
