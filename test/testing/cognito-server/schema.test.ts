import {
  AddCustomAttributesCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  type SchemaAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { refusalOf, startWorld, type World } from "./support.ts";

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
