import type { AttributeValues, Profile } from "../../../domain/user.ts";

/** Attributes as the API lists them. */
export type AttributeList = readonly { readonly Name: string; readonly Value?: string }[];

/**
 * Reads a list of attributes. The last of a name counts. Whether an address is proven is true or false in either case:
 * Python writes `"True"`.
 */
export function attributeValues(attributes: AttributeList = []): AttributeValues {
  return Object.fromEntries(
    attributes.map(({ Name, Value = "" }) => [
      Name,
      Name.endsWith("_verified") && !Name.includes(":") ? Value.toLowerCase() : Value,
    ]),
  );
}

/** Lists the attributes of a user: all are texts here, `"true"` and `"false"` too. */
export function attributeList({ subject, attributes }: Pick<Profile, "subject" | "attributes">) {
  return Object.entries({ ...attributes, sub: subject }).map(([Name, value]) => ({
    Name,
    Value: String(value),
  }));
}
