import { withPortablePattern } from "../../../../src/http/openapi/patterns.ts";
import type { Pair } from "./changes.ts";
import { flattened, type Schema, typesOf, valuesOf } from "./documents.ts";
import { variantPairs } from "./variants.ts";

/** A change of a schema that breaks clients. */
export interface SchemaChange {
  readonly rule: string;
  /** The place in the value, as a JSON pointer in which `*` is any name or index. */
  readonly pointer: string;
}

/** Gives the changes by which something that could be sent can be sent no more. */
export function requestChanges(
  pair: Pair,
  wasGiven: Schema,
  isGiven: Schema,
  pointer = "",
): readonly SchemaChange[] {
  const was = flattened(pair.was, wasGiven);
  const is = flattened(pair.is, isGiven);
  const of = (rule: string) => ({ rule, pointer });
  const { pairs, gone } = variantPairs(pair, was, is);
  return [
    ...gone.map((name) => ({ rule: "request-variant-removed", pointer: `${pointer}(${name})` })),
    ...pairs.flatMap(([one, other]) => requestChanges(pair, one, other, pointer)),
    ...(isTypeNarrowed(was, is) ? [of("request-type-narrowed")] : []),
    ...(isEnumNarrowed(was, is) ? [of("request-enum-value-removed")] : []),
    ...limitChanges(was, is).map(of),
    ...(isPatternNarrowed(was, is) ? [of("request-pattern-changed")] : []),
    ...(was.format !== is.format && is.format !== undefined ? [of("request-format-changed")] : []),
    ...memberChanges(pair, was, is, pointer),
    ...(was.items && is.items ? requestChanges(pair, was.items, is.items, `${pointer}/*`) : []),
  ];
}

function isTypeNarrowed(was: Schema, is: Schema): boolean {
  const now = typesOf(is);
  if (!now) return false;
  const widened = now.includes("number") ? [...now, "integer"] : now;
  return !(typesOf(was) ?? ["any"]).every((type) => widened.includes(type));
}

function isEnumNarrowed(was: Schema, is: Schema): boolean {
  const now = valuesOf(is);
  if (!now) return false;
  const before = valuesOf(was);
  return !before?.every((value) => now.includes(value));
}

/** The words that say how much there can be, each with the way in which it is stricter. */
const limits = {
  minLength: "more",
  minItems: "more",
  minProperties: "more",
  minimum: "more",
  exclusiveMinimum: "more",
  maxLength: "less",
  maxItems: "less",
  maxProperties: "less",
  maximum: "less",
  exclusiveMaximum: "less",
} as const;

function limitChanges(was: Schema, is: Schema): readonly string[] {
  const stricter = Object.entries(limits).filter(([word, stricterBy]) => {
    const [before, after] = [was[word], is[word]];
    if (typeof after !== "number") return false;
    if (typeof before !== "number") return stricterBy === "less" || after > 0;
    return stricterBy === "more" ? after > before : after < before;
  });
  const isUnique = is.uniqueItems === true && was.uniqueItems !== true;
  return [
    ...stricter.map(([word]) => `request-${kebab(word)}-tightened`),
    ...(isUnique ? ["request-unique-items-added"] : []),
  ];
}

function kebab(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function isPatternNarrowed(was: Schema, is: Schema): boolean {
  if (is.pattern === undefined || is.pattern === was.pattern) return false;
  // One that every engine reads takes no less than that in whose place it is.
  const portable = { pattern: was.pattern };
  withPortablePattern(portable);
  return portable.pattern !== is.pattern;
}

function memberChanges(
  pair: Pair,
  was: Schema,
  is: Schema,
  pointer: string,
): readonly SchemaChange[] {
  const before = was.properties ?? {};
  const after = is.properties ?? {};
  const isClosed = is.additionalProperties === false;
  const demanded = (is.required ?? []).filter((name) => !was.required?.includes(name));
  return [
    ...demanded.map((name) => ({
      rule: name in before ? "request-property-became-required" : "request-required-property-added",
      pointer: `${pointer}/${name}`,
    })),
    ...(isClosed && was.additionalProperties !== false
      ? [{ rule: "request-additional-properties-forbidden", pointer }]
      : []),
    ...Object.entries(before).flatMap(([name, schema]): readonly SchemaChange[] => {
      const other = after[name];
      const place = `${pointer}/${name}`;
      if (other) return requestChanges(pair, schema, other, place);
      return isClosed ? [{ rule: "request-property-removed", pointer: place }] : [];
    }),
    ...additionalChanges(pair, was, is, pointer),
  ];
}

function additionalChanges(pair: Pair, was: Schema, is: Schema, pointer: string) {
  const [before, after] = [was.additionalProperties, is.additionalProperties];
  const names = was.propertyNames && is.propertyNames;
  return [
    ...(typeof before === "object" && typeof after === "object"
      ? requestChanges(pair, before, after, `${pointer}/*`)
      : []),
    ...(names && was.propertyNames
      ? requestChanges(pair, was.propertyNames, names, `${pointer}/*`)
      : []),
  ];
}
