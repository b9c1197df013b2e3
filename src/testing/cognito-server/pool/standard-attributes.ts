import type { SchemaAttribute } from "./pool-configuration.ts";

/**
 * The attributes that every pool has, as a pool is described that nothing was said of them for.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const standardAttributes: readonly SchemaAttribute[] = [
  { ...plainText("sub", { MinLength: "1", MaxLength: "2048" }), Mutable: false, Required: true },
  plainText("name"),
  plainText("given_name"),
  plainText("family_name"),
  plainText("middle_name"),
  plainText("nickname"),
  plainText("preferred_username"),
  plainText("profile"),
  plainText("picture"),
  plainText("website"),
  plainText("email"),
  standard("email_verified", "Boolean"),
  plainText("gender"),
  plainText("birthdate", { MinLength: "10", MaxLength: "10" }),
  plainText("zoneinfo"),
  plainText("locale"),
  plainText("phone_number"),
  standard("phone_number_verified", "Boolean"),
  plainText("address"),
  { ...standard("updated_at", "Number"), NumberAttributeConstraints: { MinValue: "0" } },
];

function plainText(
  name: string,
  constraints: SchemaAttribute["StringAttributeConstraints"] = {
    MinLength: "0",
    MaxLength: "2048",
  },
): SchemaAttribute {
  return { ...standard(name, "String"), StringAttributeConstraints: constraints };
}

function standard(
  Name: string,
  AttributeDataType: NonNullable<SchemaAttribute["AttributeDataType"]>,
): SchemaAttribute {
  return {
    Name,
    AttributeDataType,
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
  };
}
