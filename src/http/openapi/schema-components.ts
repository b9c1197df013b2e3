import type { OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod/mini";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { Problem } from "../schemas/problem.ts";
import { schemas } from "../schemas/registry.ts";
import * as webAuthnForms from "../schemas/webauthn.ts";
import { withPortablePattern } from "./patterns.ts";

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type SchemaComponent = NonNullable<NonNullable<Document["components"]>["schemas"]>[string];
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Registers every schema that has a name, and its example. */
export function registerSchemas(registry: OpenAPIHono["openAPIRegistry"]): void {
  makeSchemas();
  const converted = z.toJSONSchema(schemas, {
    metadata: schemas,
    // Requests and answers alike: whether further members are allowed is what each schema says itself.
    io: "input",
    override: ({ zodSchema, jsonSchema }) => describeFor(zodSchema, jsonSchema),
    uri: (id) => `#/components/schemas/${id}`,
  });
  // By name, as the registry's own order is that in which the modules happened to be loaded.
  const byName = Object.entries(converted.schemas).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [id, { $schema, $id, example, ...schema }] of byName) {
    // Both types are JSON Schema 2020-12, written down by two projects.
    registry.registerComponent("schemas", id, schema as SchemaComponent);
    if (example !== undefined) registry.registerComponent("examples", id, { value: example });
  }
}

/** The registry knows only the schemas that were made by then. */
function makeSchemas(): void {
  const all: readonly Operation[] = Object.values(operations);
  for (const { body, answer } of all) {
    body?.();
    answer.schema?.();
  }
  Problem();
  // Those that stand for them name them, and no more.
  for (const form of Object.values(webAuthnForms)) form();
}

/** Says of a schema what zod does not: which variant it is, the form that it stands for, its pattern for any engine. */
function describeFor(schema: z.core.$ZodTypes, json: JsonSchema): void {
  const discriminator = discriminatorOf(schema);
  if (discriminator) json.discriminator = discriminator;
  const form = schemas.get(schema)?.form;
  if (form !== undefined) {
    for (const name of Object.keys(json)) delete json[name];
    json.$ref = `#/components/schemas/${form}`;
  }
  withPortablePattern(json);
}

/** Says which variant a value is, as OpenAPI has it: JSON Schema itself would have each one tried. */
function discriminatorOf(schema: z.core.$ZodTypes): object | undefined {
  const { def } = schema._zod;
  if (def.type !== "union" || !("discriminator" in def)) return undefined;
  const { discriminator: propertyName, options } = def as z.core.$ZodDiscriminatedUnionDef;
  const mapping = options.flatMap((option) => {
    const values = option._zod.propValues?.[propertyName] ?? [];
    return [...values].map((value) => [value, `#/components/schemas/${schemaId(option)}`]);
  });
  return { propertyName, mapping: Object.fromEntries(mapping) };
}

/** Names the examples of a schema: its own, and of one with variants those of each. */
export function exampleIds(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const variants = def.type === "union" ? def.options.flatMap(exampleIds) : [];
  return schemas.get(schema)?.example === undefined ? variants : [schemaId(schema), ...variants];
}

/** Gives the name of a schema: one without would be copied into every operation that has it. */
export function schemaId(schema: z.core.$ZodType): string {
  const id = schemas.get(schema)?.id;
  if (id === undefined) throw new Error("A schema of an operation has no id in the registry");
  return id;
}
