import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { openApi30 } from "../../../src/http/openapi/older-form.ts";

const root = join(import.meta.dirname, "../../..");
const document = parse(readFileSync(join(root, "openapi.yaml"), "utf8"));
const older = JSON.parse(JSON.stringify(openApi30(document)));

/** The older form of one schema. */
function olderOf(schema: object): unknown {
  const components = { schemas: { One: schema } };
  const { components: made } = JSON.parse(JSON.stringify(openApi30({ components } as never)));
  return made.schemas.One;
}

describe("the document as OpenAPI 3.0", () => {
  test("has every operation and every schema of the newer form", () => {
    const shapeOf = ({ paths, components }: typeof document) => ({
      operations: Object.entries<object>(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      ),
      schemas: Object.keys(components.schemas),
      responses: Object.keys(components.responses),
      examples: components.examples,
    });

    expect(older.openapi).toBe("3.0.4");
    expect(shapeOf(older)).toEqual(shapeOf(document));
  });

  test.each([
    [{ type: ["string", "null"] }, { type: "string", nullable: true }],
    [{ type: ["string", "boolean"] }, { anyOf: [{ type: "string" }, { type: "boolean" }] }],
    [
      { type: "string", const: "signed_in" },
      { type: "string", enum: ["signed_in"] },
    ],
    [
      { type: "object", propertyNames: { pattern: "^a" }, additionalProperties: {} },
      { type: "object", additionalProperties: true },
    ],
    [
      { $ref: "#/components/schemas/Problem", description: "One." },
      { description: "One.", allOf: [{ $ref: "#/components/schemas/Problem" }] },
    ],
    [
      { type: "array", items: { const: 1 } },
      { type: "array", items: { enum: [1] } },
    ],
  ])("writes %j in older words", (schema, expected) => {
    expect(olderOf(schema)).toEqual(expected);
  });

  test("does not leave a word out that it does not know", () => {
    expect(() => olderOf({ type: "array", prefixItems: [] })).toThrow("no word for prefixItems");
  });
});
