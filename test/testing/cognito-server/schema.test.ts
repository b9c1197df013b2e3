import {
  AddCustomAttributesCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
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
  type World,
} from "./support.ts";

const text = "String" as const;
const number = "Number" as const;

async function create(world: World, ...Schema: SchemaAttributeType[]) {
  return world.sdk.send(new CreateUserPoolCommand({ PoolName: "other", Schema }));
}

async function schemaOf({ sdk, poolId }: World): Promise<readonly SchemaAttributeType[]> {
  const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
  return UserPool?.SchemaAttributes ?? [];
}

describe("the schema of a pool", () => {
  test("has the standard attributes and its own, by the names that users have them by", async () => {
    const world = await startWorld({
      pool: {
        Schema: [
          { Name: "email", Required: true },
          { Name: "tenant", AttributeDataType: text },
          { Name: "rank", AttributeDataType: number, DeveloperOnlyAttribute: true, Mutable: false },
        ],
      },
    });

    const schema = await schemaOf(world);

    expect(schema.map(({ Name }) => Name)).toEqual([
      "sub",
      "name",
      "given_name",
      "family_name",
      "middle_name",
      "nickname",
      "preferred_username",
      "profile",
      "picture",
      "website",
      "email",
      "email_verified",
      "gender",
      "birthdate",
      "zoneinfo",
      "locale",
      "phone_number",
      "phone_number_verified",
      "address",
      "updated_at",
      "custom:tenant",
      "dev:custom:rank",
    ]);
    expect(schema.find(({ Name }) => Name === "email")).toEqual({
      Name: "email",
      AttributeDataType: text,
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: true,
      StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
    });
    expect(schema.at(-1)).toEqual({
      Name: "dev:custom:rank",
      AttributeDataType: number,
      DeveloperOnlyAttribute: true,
      Mutable: false,
      Required: false,
      NumberAttributeConstraints: {},
    });
  });

  // The words are those of the service: https://github.com/getmoto/moto/pull/4493
  test.each<[string, SchemaAttributeType, string]>([
    [
      "a required attribute of its own",
      { Name: "tenant", AttributeDataType: text, Required: true },
      "Required custom attributes are not supported currently.",
    ],
    [
      "an attribute of its own without a type",
      { Name: "tenant" },
      "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    ],
    [
      "a standard attribute of another type",
      { Name: "email", AttributeDataType: number },
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [
      "a standard attribute for administrators alone",
      { Name: "email", DeveloperOnlyAttribute: true },
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [
      "texts of more characters than there can be",
      {
        Name: "tenant",
        AttributeDataType: text,
        StringAttributeConstraints: { MaxLength: "2049" },
      },
      "user.custom:tenant: String attributes cannot have a length of more than 2048",
    ],
    [
      "texts that are longer than they are long",
      {
        Name: "tenant",
        AttributeDataType: text,
        StringAttributeConstraints: { MinLength: "9", MaxLength: "8" },
      },
      "Attribute custom:tenant cannot have a max length shorter than it's min length",
    ],
    [
      "a length that is none",
      { Name: "tenant", AttributeDataType: text, StringAttributeConstraints: { MinLength: "few" } },
      "Invalid StringAttributeConstraints for schema attribute custom:tenant",
    ],
    [
      "numbers that are greater than they are great",
      {
        Name: "rank",
        AttributeDataType: number,
        NumberAttributeConstraints: { MinValue: "9", MaxValue: "8" },
      },
      "Attribute custom:rank cannot have a max value smaller than it's min value",
    ],
    [
      "a name of 21 characters",
      { Name: "x".repeat(21), AttributeDataType: text },
      "1 validation error detected: Value 'xxxxxxxxxxxxxxxxxxxxx' at 'schema.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20",
    ],
  ])("is refused with %s", async (_case, attribute, message) => {
    const world = await startWorld();

    expect(await refusalOf(create(world, attribute))).toBe(`InvalidParameterException: ${message}`);
  });

  test("has each attribute once", async () => {
    const tenant = { Name: "tenant", AttributeDataType: text };
    const world = await startWorld({ pool: { Schema: [tenant] } });
    const add = new AddCustomAttributesCommand({
      UserPoolId: world.poolId,
      CustomAttributes: [tenant],
    });

    expect(await refusalOf(create(world, tenant, tenant))).toBe(
      "InvalidParameterException: Duplicate custom attribute names custom:tenant are not allowed in a user pool schema.",
    );
    expect(await refusalOf(world.sdk.send(add))).toMatch(
      /^InvalidParameterException: custom:tenant: Existing attribute already has name/,
    );
  });
});

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
