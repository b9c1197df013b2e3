import type { OpenAPIHono } from "@hono/zod-openapi";
import * as z from "zod/mini";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { Problem } from "../schemas/problem.ts";
import { schemas } from "../schemas/registry.ts";

/** Where the parts that operations share are collected. */
export type Components = OpenAPIHono["openAPIRegistry"];

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type SchemaComponent = NonNullable<NonNullable<Document["components"]>["schemas"]>[string];

const headers = {
  RequestId: {
    description: "The id of the request: the one that was sent, where that was a plain UUID.",
    schema: { type: "string", format: "uuid" },
  },
  RetryAfter: {
    description: "When to try again, in seconds.",
    schema: { type: "integer", minimum: 0 },
  },
  EntityTag: {
    description: "The tag of the content: sent as `If-None-Match`, it saves sending that again.",
    schema: { type: "string" },
  },
  Challenge: {
    description:
      "What to authenticate with (RFC 6750 section 3), and why what was sent did not do.",
    schema: { type: "string" },
  },
} as const;

/** Registers everything but the problem responses. */
export function registerComponents(registry: Components): void {
  registry.registerComponent("securitySchemes", "accessToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The access token of a sign-in (RFC 6750).",
  });
  registry.registerComponent("securitySchemes", "browserSession", {
    type: "apiKey",
    in: "cookie",
    name: "__Host-portico",
    description:
      "The cookies of a sign-in with `Portico-Session: cookie`, together with that header: from a page of this service's own origin, or of one that it lists.",
  });
  registry.registerComponent("securitySchemes", "client", {
    type: "http",
    scheme: "basic",
    description:
      "The id and the secret of the client that introspects tokens (RFC 6749 section 2.3.1).",
  });
  registry.registerComponent("securitySchemes", "operator", {
    type: "http",
    scheme: "bearer",
    description: "The token of whoever runs the service, as it was set up.",
  });
  registry.registerComponent("parameters", "PorticoSession", {
    name: "Portico-Session",
    in: "header",
    required: false,
    description:
      "Keeps the tokens of the session in cookies, out of every answer and every page's reach: `cookie` until the browser is closed, `cookie;keep` beyond. From pages of this service's origin, or of one that it lists; page and service have to be same-site.",
    schema: { type: "string", enum: ["cookie", "cookie;keep"] },
  });
  registry.registerComponent("parameters", "IfNoneMatch", {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "The tags of what the caller has kept (RFC 9110 section 13.1.2).",
    schema: { type: "string" },
  });
  registry.registerComponent("parameters", "PorticoCaptcha", {
    name: "Portico-Captcha",
    in: "header",
    required: false,
    description:
      "The token of a captcha that was passed, good for one request, where the service asks for one: without it 403 `rejected_by_policy`.",
    schema: { type: "string", maxLength: 8192 },
  });
  for (const [name, component] of Object.entries(headers)) {
    registry.registerComponent("headers", name, component);
  }
  makeSchemas();
  const converted = z.toJSONSchema(schemas, {
    metadata: schemas,
    // Requests and answers alike: whether further members are allowed is what each schema says itself.
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const discriminator = discriminatorOf(zodSchema);
      if (discriminator) jsonSchema.discriminator = discriminator;
    },
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

export function headerRef(name: keyof typeof headers) {
  return { $ref: `#/components/headers/${name}` };
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
