import { describe, expect, test } from "vitest";
import { withPortablePattern } from "../../../src/http/openapi/patterns.ts";
import { attributeName, deviceName, username } from "../../../src/http/schemas/fields.ts";
import { document } from "../contract-check.ts";

function patternsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { pattern } = value as { readonly pattern?: unknown };
  const below = Object.values(value).flatMap(patternsIn);
  return typeof pattern === "string" ? [pattern, ...below] : below;
}

describe("the patterns of the document", () => {
  test("are read by every engine: they need no flag, and no class of Unicode's", () => {
    const patterns = new Set(patternsIn(document));

    expect(patterns.size).toBeGreaterThan(2);
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern)).not.toThrow();
      expect(pattern).not.toMatch(/\\[pPu]|\(\?/);
    }
  });

  test.each([
    ["^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$", [username(), attributeName()]],
    ["^[^\\p{C}]+$", [deviceName()]],
  ])("take all that %s takes", (pattern, fields) => {
    const schema = { pattern };
    withPortablePattern(schema);
    const portable = new RegExp(schema.pattern);
    const texts = [
      "ada",
      "ada@example.com",
      "zoë",
      "李雷",
      "+15550100",
      "given_name",
      "a'b",
      "👩‍💻",
    ];
    const taken = texts.filter((text) => fields.every((field) => field.safeParse(text).success));

    expect(taken.length).toBeGreaterThan(5);
    expect(taken.filter((text) => !portable.test(text))).toEqual([]);
    expect(portable.test("a\u0000b")).toBe(false);
  });

  test("are not put in by chance: one that nobody has thought of is an error", () => {
    expect(() => withPortablePattern({ pattern: "^\\p{L}$" })).toThrow("No portable pattern");
  });
});
