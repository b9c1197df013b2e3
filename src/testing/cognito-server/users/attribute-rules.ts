import type { AttributeValues } from "../../../domain/user.ts";
import { nonConforming } from "../answers/violations.ts";
import type { Tenant, UserPool } from "../directory/directory.ts";
import { type AppClient, isAllowed } from "../pool/app-client.ts";
import { valueFailure } from "../pool/attribute-values.ts";
import type { SchemaAttribute } from "../pool/pool-configuration.ts";
import { isDeveloperOnly } from "../pool/pool-schema.ts";
import { invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";

/**
 * Requires that a client may write attributes, and that they are as the pool's schema has them.
 *
 * @throws {CognitoException} `NotAuthorized` — the client may not write one of them
 * @throws {CognitoException} `InvalidParameter` — the pool has no such attribute, or not with such a value
 */
export function checkWritable({ client, pool }: Tenant, values: AttributeValues): void {
  checkSchema(pool, values);
  if (!mayWrite(client, values))
    throw notAuthorized("A client attempted to write unauthorized attribute");
}

/** Tells whether a client may write attributes. */
export function mayWrite({ configuration }: AppClient, values: AttributeValues): boolean {
  return Object.keys(values).every((name) => isAllowed(name, configuration.WriteAttributes));
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
    ([name, value]) => attributeFailure(pool, name, value) ?? [],
  );
  if (faults.length > 0) throw nonConforming(faults);
}

/**
 * Requires that attributes of a user who is there can be changed.
 *
 * @throws {CognitoException} `InvalidParameter` — the pool has no such attribute, or it is set once, at the start
 */
export function checkMutable(pool: UserPool, names: readonly string[]): void {
  for (const name of names) {
    const attribute = attributeNamed(pool, name);
    if (!attribute && isCustom(name))
      throw invalidParameter(`user.${name}: Attribute does not exist in the schema.`);
    if (attribute?.Mutable === false && name !== "sub")
      throw invalidParameter(`user.${name}: Attribute cannot be updated.`);
  }
}

function attributeFailure(pool: UserPool, name: string, value: string): string | undefined {
  const attribute = attributeNamed(pool, name);
  if (!attribute && isCustom(name)) return `${name}: Attribute does not exist in the schema.`;
  const failure = attribute && value !== "" ? valueFailure(attribute, value) : undefined;
  return failure && `${name}: ${failure}`;
}

/** Other names than those of attributes are for the engine to refuse. */
function isCustom(name: string): boolean {
  return name.startsWith("custom:") || isDeveloperOnly(name);
}

function attributeNamed(pool: UserPool, name: string): SchemaAttribute | undefined {
  return pool.configuration.Schema?.find((one) => one.Name === name);
}
