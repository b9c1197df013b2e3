import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { breakingChanges } from "./changes/changes.ts";
import type { Document } from "./changes/documents.ts";

/** A document with something of all that can be broken. */
const base: Document = {
  paths: {
    "/things": {
      post: {
        operationId: "makeThing",
        security: [{ token: [] }, { cookie: [] }],
        parameters: [
          { name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 60 } },
          { $ref: "#/components/parameters/Trace" },
        ],
        requestBody: {
          required: false,
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/NewThing" } },
            "text/plain": { schema: { type: "string" } },
          },
        },
        responses: {
          "201": {
            headers: { ETag: {} },
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Thing" } },
              "text/plain": { schema: { type: "string" } },
            },
          },
          "202": {},
          "409": { content: { "application/problem+json": { schema: { type: "object" } } } },
        },
      },
      get: { operationId: "listThings", responses: { "200": {} } },
    },
    "/others": { get: { operationId: "listOthers", responses: { "200": {} } } },
  },
  components: {
    parameters: { Trace: { name: "Trace", in: "header", schema: { type: "string" } } },
    schemas: {
      NewThing: {
        oneOf: [
          { $ref: "#/components/schemas/Plain" },
          { type: "object", properties: { kind: { const: "other" } }, required: ["kind"] },
        ],
        discriminator: { propertyName: "kind" },
      },
      Plain: {
        type: "object",
        additionalProperties: false,
        properties: {
          kind: { const: "plain" },
          name: { type: "string", minLength: 1, maxLength: 64, pattern: "^[a-z]+$" },
          size: {
            type: "number",
            minimum: 0,
            maximum: 10,
            exclusiveMinimum: -1,
            exclusiveMaximum: 11,
          },
          colour: { type: "string", enum: ["red", "blue"] },
          tags: { type: "array", items: { type: "string" }, minItems: 0, maxItems: 5 },
          more: {
            type: "object",
            additionalProperties: { type: "string", maxLength: 9 },
            minProperties: 0,
            maxProperties: 5,
          },
        },
        required: ["kind", "name"],
      },
      Thing: {
        allOf: [
          { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
          {
            type: "object",
            properties: {
              state: { type: "string", enum: ["new", "old"] },
              kind: { type: "string", enum: ["a"], description: "There can be new ones." },
              parts: {
                type: "array",
                items: { type: "object", properties: { no: { type: "integer" } } },
              },
              owner: {
                oneOf: [
                  { type: "object", properties: { type: { const: "user" } }, required: ["type"] },
                  { type: "object", properties: { type: { const: "team" } }, required: ["type"] },
                ],
                discriminator: { propertyName: "type" },
              },
            },
            required: ["state"],
          },
        ],
      },
    },
  },
};

const operation = ["paths", "/things", "post"];
const body = [...operation, "requestBody"];
const answer = [...operation, "responses", "201"];
const plain = ["components", "schemas", "Plain"];
const member = (name: string) => [...plain, "properties", name];
const thing = ["components", "schemas", "Thing", "allOf", "1"];
const answered = (name: string) => [...thing, "properties", name];

/** A place in the document, and what is put there in its stead: nothing takes it away. */
type Edit = readonly [place: readonly string[], value?: unknown];

/** Gives the rules that an edit of the document breaks. */
function rulesBrokenBy([place, value]: Edit): readonly string[] {
  const is = structuredClone(base);
  const last = place.at(-1) ?? "";
  const holder = place.slice(0, -1).reduce<object>((all, name) => Reflect.get(all, name), is);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return breakingChanges({ was: base, is }).map(({ rule }) => rule);
}

const limit = { name: "limit", in: "query", schema: { type: "integer", maximum: 60 } };
const trace = { $ref: "#/components/parameters/Trace" };

/** An edit, with the rule that it breaks, or what it is. */
type Named = readonly [name: string, ...Edit];

const named = ([name, place, value]: Named) => ({ name, place, value });

/** For each rule, documents that break it, and no other. */
const breaking: readonly Named[] = [
  ["path-removed", ["paths", "/others"]],
  ["operation-removed", ["paths", "/things", "get"]],
  ["operation-id-changed", [...operation, "operationId"], "createThing"],
  ["security-added", [...operation, "security"], [{ token: [] }]],
  ["security-added", ["paths", "/others", "get", "security"], [{ token: [] }]],
  ["parameter-removed", [...operation, "parameters"], [trace]],
  ["parameter-became-required", [...operation, "parameters", "0", "required"], true],
  [
    "required-parameter-added",
    [...operation, "parameters"],
    [limit, trace, { name: "page", in: "query", required: true }],
  ],
  ["request-maximum-tightened", [...operation, "parameters", "0", "schema", "maximum"], 20],
  [
    "request-body-added",
    ["paths", "/others", "get", "requestBody"],
    { required: true, content: {} },
  ],
  ["request-body-removed", body],
  ["request-body-became-required", [...body, "required"], true],
  ["request-media-type-removed", [...body, "content", "text/plain"]],
  ["request-variant-removed", ["components", "schemas", "NewThing", "oneOf", "1"]],
  ["request-type-narrowed", [...member("size"), "type"], "integer"],
  ["request-enum-value-removed", [...member("colour"), "enum"], ["red"]],
  ["request-enum-value-removed", [...member("name"), "enum"], ["ada"]],
  ["request-pattern-changed", [...member("name"), "pattern"], "^[a-y]+$"],
  ["request-pattern-changed", [...member("colour"), "pattern"], "^r"],
  ["request-format-changed", [...member("name"), "format"], "email"],
  ["request-min-length-tightened", [...member("name"), "minLength"], 2],
  ["request-max-length-tightened", [...member("name"), "maxLength"], 63],
  ["request-max-length-tightened", [...member("colour"), "maxLength"], 63],
  ["request-minimum-tightened", [...member("size"), "minimum"], 1],
  ["request-maximum-tightened", [...member("size"), "maximum"], 9],
  ["request-exclusive-minimum-tightened", [...member("size"), "exclusiveMinimum"], 1],
  ["request-exclusive-maximum-tightened", [...member("size"), "exclusiveMaximum"], 9],
  ["request-min-items-tightened", [...member("tags"), "minItems"], 1],
  ["request-max-items-tightened", [...member("tags"), "maxItems"], 4],
  ["request-min-properties-tightened", [...member("more"), "minProperties"], 1],
  ["request-max-properties-tightened", [...member("more"), "maxProperties"], 4],
  ["request-max-length-tightened", [...member("more"), "additionalProperties", "maxLength"], 8],
  ["request-max-length-tightened", [...member("tags"), "items", "maxLength"], 8],
  ["request-unique-items-added", [...member("tags"), "uniqueItems"], true],
  ["request-property-became-required", [...plain, "required"], ["kind", "name", "size"]],
  ["request-required-property-added", [...plain, "required"], ["kind", "name", "owner"]],
  ["request-property-removed", member("size")],
  [
    "request-additional-properties-forbidden",
    ["components", "schemas", "NewThing", "oneOf", "1", "additionalProperties"],
    false,
  ],
  ["response-status-removed", [...operation, "responses", "202"]],
  ["response-header-removed", [...answer, "headers", "ETag"]],
  ["response-media-type-removed", [...answer, "content", "text/plain"]],
  ["response-property-removed", answered("parts")],
  ["response-property-became-optional", [...thing, "required"]],
  ["response-type-widened", [...answered("state"), "type"], ["string", "null"]],
  ["response-type-widened", [...answered("parts"), "items", "properties", "no", "type"], "number"],
  ["response-enum-value-added", [...answered("state"), "enum"], ["new", "old", "lost"]],
  ["response-enum-value-added", [...answered("state"), "enum"]],
  [
    "response-variant-added",
    [...answered("owner"), "oneOf", "2"],
    { type: "object", properties: { type: { const: "robot" } }, required: ["type"] },
  ],
];

/** Edits that no client of the document minds. */
const harmless: readonly Named[] = [
  ["nothing", ["paths", "/things", "post", "summary"], "Make a thing"],
  ["another path", ["paths", "/more"], { get: { responses: {} } }],
  ["another way in", [...operation, "security"], [{ token: [] }, { cookie: [] }, { key: [] }]],
  ["no way in that has to be shown", [...operation, "security"], []],
  [
    "another parameter that nobody has to send",
    [...operation, "parameters", "2"],
    { name: "page", in: "query" },
  ],
  ["a wider limit", [...member("name"), "maxLength"], 128],
  ["no pattern", [...member("name"), "pattern"]],
  ["more values to send", [...member("colour"), "enum"], ["red", "blue", "green"]],
  ["another member to send", member("weight"), { type: "number" }],
  ["a member that need not be sent", [...plain, "required"], ["kind"]],
  [
    "another variant to send",
    ["components", "schemas", "NewThing", "oneOf", "2"],
    { type: "object", properties: { kind: { const: "third" } } },
  ],
  ["another member that comes", answered("weight"), { type: "number" }],
  ["fewer values that come", [...answered("state"), "enum"], ["new"]],
  ["another value where it was told that there can be", [...answered("kind"), "enum"], ["a", "b"]],
  ["another problem", [...operation, "responses", "429"], {}],
  ["a problem less", [...operation, "responses", "409"]],
];

describe("the checker of changes", () => {
  test.each(breaking.map(named))("tells of $name at $place", ({ name: rule, place, value }) => {
    expect(rulesBrokenBy([place, value])).toEqual([rule]);
  });

  test.each(harmless.map(named))("takes $name at $place", ({ place, value }) => {
    expect(rulesBrokenBy([place, value])).toEqual([]);
  });

  test("says where", () => {
    const is = structuredClone(base);
    const { properties } = Object(is.components?.schemas?.Plain);
    Reflect.set(properties.tags.items, "type", "integer");

    expect(breakingChanges({ was: base, is })).toEqual([
      { rule: "request-type-narrowed", where: "POST /things request /tags/*" },
    ]);
  });

  test("has a document for each rule that breaks it", () => {
    const source = globSync(join(import.meta.dirname, "changes/*.ts")).map((file) =>
      readFileSync(file, "utf8"),
    );
    const named = source.flatMap((text) => [
      ...text.matchAll(
        /"((?:request|response|path|operation|security|parameter|required)-[a-z-]+)"/g,
      ),
    ]);
    const rules = new Set(
      named.map(([, rule = ""]) => rule).filter((rule) => !rule.startsWith("response-schemas")),
    );
    const tried = new Set(breaking.map(([rule]) => rule));

    expect(rules.size).toBeGreaterThan(20);
    expect([...rules].filter((rule) => !tried.has(rule))).toEqual([]);
  });
});
