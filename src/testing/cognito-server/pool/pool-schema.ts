import { type CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import type { SchemaAttribute } from "./pool-configuration.ts";
import { standardAttributes } from "./standard-attributes.ts";

type TextBounds = NonNullable<SchemaAttribute["StringAttributeConstraints"]>;
type NumberBounds = NonNullable<SchemaAttribute["NumberAttributeConstraints"]>;

/** Most custom attributes of one pool. */
const maxCustomAttributes = 50;

/** Most characters that a text can be allowed to have. */
const maxTextLength = 2048;

/**
 * Gives every attribute of a new pool: the standard ones, as the pool has them, and its own ones under the names that
 * users have them by.
 *
 * @param given - what the pool says of attributes
 * @throws {CognitoException} `InvalidParameter` — a standard attribute is not of that type, one of the pool's own is
 *   required, a name comes twice, or bounds are none
 */
export function newSchema(given: readonly SchemaAttribute[] = []): readonly SchemaAttribute[] {
  requireDistinct(given.map(({ Name }) => Name));
  const standard = standardAttributes.map((usual) => {
    const said = given.find(({ Name }) => Name === usual.Name);
    return said ? standardAttribute(usual, said) : usual;
  });
  return [...standard, ...given.filter(({ Name }) => !isStandard(Name)).map(customAttribute)];
}

/**
 * Gives the attributes of a pool with some of its own added.
 *
 * @throws {CognitoException} `InvalidParameter` — as {@link newSchema}
 */
export function extendedSchema(
  schema: readonly SchemaAttribute[],
  given: readonly SchemaAttribute[],
): readonly SchemaAttribute[] {
  requireDistinct(given.map(({ Name }) => Name));
  const added = given.map(customAttribute);
  const taken = added.find(({ Name }) => schema.some((one) => one.Name === Name));
  if (taken)
    throw invalidParameter(`${taken.Name}: Existing attribute already has name ${taken.Name}.`);
  const all = [...schema, ...added];
  if (all.length - standardAttributes.length > maxCustomAttributes)
    throw invalidParameter(`A pool has ${maxCustomAttributes} attributes of its own at most.`);
  return all;
}

/** Tells whether an attribute is one that only administrators can read and write. */
export function isDeveloperOnly(name: string): boolean {
  return name.startsWith("dev:");
}

function isStandard(name: string): boolean {
  return standardAttributes.some(({ Name }) => Name === name);
}

function standardAttribute(usual: SchemaAttribute, said: SchemaAttribute): SchemaAttribute {
  const { Name, AttributeDataType: type = usual.AttributeDataType } = said;
  if (type !== usual.AttributeDataType || said.DeveloperOnlyAttribute)
    throw invalidParameter(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${Name}`,
    );
  const both = { ...usual, ...said };
  const { StringAttributeConstraints: _, NumberAttributeConstraints: __, ...rest } = both;
  return { ...rest, ...boundsOf(Name, both) };
}

function customAttribute(said: SchemaAttribute): SchemaAttribute {
  const { AttributeDataType, DeveloperOnlyAttribute = false, Mutable = true, Required } = said;
  if (!AttributeDataType)
    throw invalidParameter(
      "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    );
  if (Required) throw invalidParameter("Required custom attributes are not supported currently.");
  const Name = `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${said.Name}`;
  const attribute = { Name, AttributeDataType, DeveloperOnlyAttribute, Mutable, Required: false };
  return { ...attribute, ...boundsOf(Name, said) };
}

/** Bounds of another type than the attribute's say nothing of it, and are not kept, as at Cognito. */
function boundsOf(name: string, said: SchemaAttribute): Partial<SchemaAttribute> {
  switch (said.AttributeDataType) {
    case "String":
      return { StringAttributeConstraints: textBounds(name, said.StringAttributeConstraints) };
    case "Number":
      return { NumberAttributeConstraints: numberBounds(name, said.NumberAttributeConstraints) };
    default:
      return {};
  }
}

function textBounds(name: string, bounds: TextBounds = {}): TextBounds {
  const { MinLength, MaxLength } = bounds;
  const fault = badBound(name, "StringAttributeConstraints");
  const [min, max] = [MinLength, MaxLength].map((length) => boundOf(length, fault));
  for (const length of [min, max])
    if (length !== undefined && (length < 0 || !Number.isInteger(length))) throw fault;
  if ((min ?? 0) > maxTextLength || (max ?? 0) > maxTextLength)
    throw invalidParameter(
      `user.${name}: String attributes cannot have a length of more than ${maxTextLength}`,
    );
  if (min !== undefined && max !== undefined && min > max)
    throw invalidParameter(
      `Attribute ${name} cannot have a max length shorter than it's min length`,
    );
  return bounds;
}

function numberBounds(name: string, bounds: NumberBounds = {}): NumberBounds {
  const fault = badBound(name, "NumberAttributeConstraints");
  const [min, max] = [bounds.MinValue, bounds.MaxValue].map((value) => boundOf(value, fault));
  if (min !== undefined && max !== undefined && min > max)
    throw invalidParameter(`Attribute ${name} cannot have a max value smaller than it's min value`);
  return bounds;
}

/** Reads a bound, which the API has as text. An empty one is none. */
function boundOf(written: string | undefined, fault: CognitoException): number | undefined {
  if (!written) return undefined;
  const bound = Number(written);
  if (!Number.isFinite(bound)) throw fault;
  return bound;
}

function badBound(name: string, of: string): CognitoException {
  return invalidParameter(`Invalid ${of} for schema attribute ${name}`);
}

function requireDistinct(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw invalidParameter(
      `Duplicate custom attribute names custom:${twice} are not allowed in a user pool schema.`,
    );
}
