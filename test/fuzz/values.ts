import * as fc from "fast-check";
import { resolveSchema, type Schema } from "./document.ts";

/** The kinds of things that a run has come across and can use again. */
export type Kind =
  | "username"
  | "password"
  | "code"
  | "access_token"
  | "refresh_token"
  | "session"
  | "id"
  | "cursor"
  | "group"
  | "attribute"
  | "email"
  | "phone";

/** A value that turns out only when it is sent: one of those that the run knows by then. */
export class Known {
  readonly kind: Kind;
  readonly pick: number;

  constructor(kind: Kind, pick: number) {
    this.kind = kind;
    this.pick = pick;
  }

  [fc.toStringMethod](): string {
    return `<${this.kind} ${this.pick}>`;
  }
}

/** Gives one of the things that a run knows. */
export function known(kind: Kind): fc.Arbitrary<Known> {
  // The newest is most often of use.
  const pick = fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.nat({ max: 15 }) },
  );
  return pick.map((index) => new Known(kind, index));
}

const kinds: Readonly<Record<string, Kind>> = {
  username: "username",
  password: "password",
  current_password: "password",
  new_password: "password",
  code: "code",
  session: "session",
  refresh_token: "refresh_token",
  token: "access_token",
  id: "id",
  cursor: "cursor",
  group: "group",
  name: "attribute",
  email: "email",
  phone_number: "phone",
};

/** Texts that have broken services: each is one to be refused, or taken as any other. */
const nasty = [
  "",
  " ",
  "..",
  "__proto__",
  "constructor",
  "a\u0000b",
  "\r\nX-Injected: 1",
  "\ud800",
  "ﬁ",
  "e\u0301",
  "İ",
  "𝒂dmin",
  "' OR 1=1 --",
  '"><script>',
  "%00%2e%2e%2f",
  "=cmd|' /C calc'!A0",
  "٣٤٥٦٧٨",
  "x".repeat(129),
  "x".repeat(2_049),
];

const badText = fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 40, unit: "binary" }));
const anyJson = fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" });

/**
 * Gives values for a schema of a request: mostly those that fit it and that the run knows by the name of their member, and
 * now and then some that fit it by chance, or not at all.
 *
 * @param name - of the member that the value is for
 */
export function valuesFor(schema: Schema, name = ""): fc.Arbitrary<unknown> {
  const fitting = fittingOf(resolveSchema(schema), name);
  const kind = kinds[name];
  const usual = kind === undefined ? fitting : known(kind);
  return fc.oneof(
    { weight: 100, arbitrary: usual },
    { weight: 2, arbitrary: fitting },
    { weight: 1, arbitrary: badText },
    { weight: 1, arbitrary: anyJson },
  );
}

function fittingOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesFor(choice, name)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === "object") return objectOf(schema);
  if (schema.type === "array")
    return fc.array(valuesFor(schema.items ?? {}, name), { maxLength: 4 });
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "integer" || schema.type === "number") {
    const { minimum: min = -5, maximum: max = 1_000 } = schema;
    return fc.integer({ min, max });
  }
  if (schema.type === "string") {
    const { minLength = 0, maxLength = 40 } = schema;
    return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  }
  return anyJson;
}

function objectOf(schema: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: others } = schema;
  const names = Object.keys(properties);
  const record = recordOf(properties, (name) => (required.includes(name) ? 1 : usualShare(name)));
  const lacking = recordOf(properties, () => 0.7);
  const named = typeof others === "object" ? attributesOf(others) : undefined;
  const whole = named ? fc.tuple(record, named).map(([a, b]) => ({ ...b, ...a })) : record;
  if (names.length === 0) return whole;
  return fc.oneof(
    { weight: 50, arbitrary: whole },
    { weight: 1, arbitrary: lacking },
    { weight: 1, arbitrary: record.map((value) => ({ ...value, surplus: true })) },
  );
}

/** A member that only few services take makes a request of no use to most. */
function usualShare(name: string): number {
  return name === "client_metadata" || name === "type" ? 0.05 : 0.5;
}

/** Gives objects with some members, each in its share of all. */
export function recordOf(
  properties: Readonly<Record<string, Schema>>,
  shareOf: (name: string) => number,
): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(properties).map(([name, member]) => {
    const share = shareOf(name);
    const value = valuesFor(member, name).map((one) => ({ [name]: one }));
    if (share === 1) return value;
    return fc.oneof(
      { weight: Math.round(100 * share), arbitrary: value },
      { weight: Math.round(100 * (1 - share)), arbitrary: fc.constant({}) },
    );
  });
  return fc.tuple(...members).map((all) => Object.assign({}, ...all));
}

/** The members of an object that may have any: attributes of a user, mostly. */
function attributesOf(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const names = ["given_name", "email", "phone_number", "birthdate", "custom:tier", "sub"];
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: badText },
  );
  const entry = name.chain((member) => valuesFor(schema, member).map((value) => [member, value]));
  return fc.array(entry, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}
