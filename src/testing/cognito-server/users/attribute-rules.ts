import type { AttributeValues } from "../../../domain/user.ts";
import { nonConforming } from "../answers/violations.ts";
import type { Tenant, UserPool } from "../directory/directory.ts";
import { type AppClient, isAllowed } from "../pool/app-client.ts";
import type { SchemaAttribute } from "../pool/pool-configuration.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";

/**
 * Requires that a client may write attributes, and that they are as the pool's schema has them.
 *
 * @throws {CognitoException} `NotAuthorized` — the client may not write one of them
 * @throws {CognitoException} `InvalidParameter` — the pool has no such attribute, or not with such a value
 */
export function checkWritable({ client, pool }: Tenant, values: AttributeValues): void {
  checkSchema(pool, values);
  const allowed = client.configuration.WriteAttributes;
  if (!Object.keys(values).every((name) => isAllowed(name, allowed)))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** Leaves out the attributes that a client may not read. */
export function readableBy<Value>(
  { configuration }: AppClient,
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const allowed = configuration.ReadAttributes;
  const entries = Object.entries(values).filter(([name]) => isAllowed(name, allowed));
  return Object.fromEntries(entries);
}

/**
 * Requires that attributes are as the pool's schema has them. A blank value deletes one, and is of any type.
 *
 * @throws {CognitoException} `InvalidParameter`
 */
export function checkSchema(pool: UserPool, values: AttributeValues): void {
  const faults = Object.entries(values).flatMap(
    ([name, value]) => faultOf(pool, name, value) ?? [],
  );
  if (faults.length > 0) throw nonConforming(faults);
}

/**
 * Requires that attributes of a user who is there can be changed.
 *
 * @throws {CognitoException} `InvalidParameter`
 */
export function checkMutable(pool: UserPool, names: readonly string[]): void {
  const fixed = names.filter((name) => attributeNamed(pool, name)?.Mutable === false);
  if (fixed.length > 0)
    throw nonConforming(fixed.map((name) => `user.${name}: Attribute cannot be updated.`));
}

function faultOf(pool: UserPool, name: string, value: string): string | undefined {
  const attribute = attributeNamed(pool, name);
  if (!attribute && name.startsWith("custom:"))
    return `${name}: Type for attribute {${name}} could not be determined`;
  if (!attribute || value === "") return undefined;
  const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {};
  if (value.length < Number(MinLength ?? 0)) return `${name}: String must be longer`;
  if (value.length > Number(MaxLength ?? 2048)) return `${name}: String must be shorter`;
  if (attribute.AttributeDataType !== "Number") return undefined;
  const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {};
  const number = Number(value);
  const isWithin =
    number >= Number(MinValue ?? Number.NEGATIVE_INFINITY) &&
    number <= Number(MaxValue ?? Number.POSITIVE_INFINITY);
  return isWithin ? undefined : `${name}: Number is out of range`;
}

/** Attributes that a pool adds are named `custom:` to everyone but the pool. */
function attributeNamed(pool: UserPool, name: string): SchemaAttribute | undefined {
  return pool.configuration.Schema?.find(
    (one) => one.Name === name || `custom:${one.Name}` === name,
  );
}
