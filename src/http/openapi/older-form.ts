import type { JsonValue } from "./yaml.ts";

type JsonObject = { readonly [member: string]: JsonValue };

/**
 * Writes an OpenAPI 3.1 document as one of 3.0, for tools that take no newer: the same operations, with schemas in the words
 * that there were before those of JSON Schema 2020-12. The little that 3.0 has no word for is left out, so that it forbids
 * nothing that the document allows.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html
 * @throws {Error} for a word of JSON Schema that this does not know
 */
export function openApi30(document: JsonValue): JsonValue {
  const { info, paths, components, ...head } = objectOf(document);
  const { summary: _, license, ...about } = objectOf(info);
  const { identifier: _id, ...named } = objectOf(license);
  return {
    ...head,
    openapi: "3.0.4",
    info: { ...about, license: { ...named, url: "https://www.apache.org/licenses/LICENSE-2.0" } },
    paths: withOlderSchemas(paths ?? {}),
    components: withOlderSchemas(components ?? {}),
  };
}

/** Goes through all but schemas, which begin at members called `schema` or at those of `schemas`. */
function withOlderSchemas(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withOlderSchemas);
  if (!isObject(value)) return value;
  return mapped(value, (member, name) => {
    if (name === "schema") return olderSchema(member);
    if (name === "schemas") return mapped(objectOf(member), olderSchema);
    // Their values are data.
    if (name === "examples" || name === "example") return member;
    return withOlderSchemas(member);
  });
}

/** The words that 3.0 has in common with JSON Schema 2020-12. */
const common: ReadonlySet<string> = new Set([
  "$ref",
  "title",
  "description",
  "default",
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "required",
  "discriminator",
  "deprecated",
  "readOnly",
  "writeOnly",
  "example",
]);

function olderSchema(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const { $ref, ...others } = value;
  // Beside a reference nothing counts.
  if ($ref !== undefined && Object.keys(others).length > 0)
    return { ...objectOf(olderSchema(others)), allOf: [{ $ref }] };
  return Object.assign({}, ...Object.entries(value).map(([word, said]) => olderWord(word, said)));
}

function olderWord(word: string, said: JsonValue): JsonObject {
  switch (word) {
    case "type":
      return olderType(said);
    case "const":
      return { enum: [said] };
    case "properties":
      return { properties: mapped(objectOf(said), olderSchema) };
    case "items":
    case "not":
      return { [word]: olderSchema(said) };
    case "additionalProperties":
      return {
        [word]: isObject(said) && Object.keys(said).length === 0 ? true : olderSchema(said),
      };
    case "allOf":
    case "anyOf":
    case "oneOf":
      return { [word]: Array.isArray(said) ? said.map(olderSchema) : said };
    case "propertyNames":
      return {};
    default:
      if (!common.has(word)) throw new Error(`OpenAPI 3.0 has no word for ${word}`);
      return { [word]: said };
  }
}

/** A schema has one type there, of which `null` is none. */
function olderType(said: JsonValue): JsonObject {
  if (!Array.isArray(said)) return { type: said };
  const types = said.filter((one: JsonValue) => one !== "null");
  const nullable = types.length < said.length && { nullable: true };
  const [type = "string"] = types;
  if (types.length < 2) return { type, ...nullable };
  return { anyOf: types.map((type: JsonValue) => ({ type })), ...nullable };
}

function mapped(
  value: JsonObject,
  change: (member: JsonValue, name: string) => JsonValue,
): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, change(member, name)]),
  );
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}
