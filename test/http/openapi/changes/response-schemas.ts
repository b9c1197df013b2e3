import type { Pair } from "./changes.ts";
import { flattened, type Schema, typesOf, valuesOf } from "./documents.ts";
import type { SchemaChange } from "./request-schemas.ts";
import { variantPairs } from "./variants.ts";

/** Gives the changes by which something can come that nobody expected, or not come that somebody did. */
export function responseChanges(
  pair: Pair,
  wasGiven: Schema,
  isGiven: Schema,
  pointer = "",
): readonly SchemaChange[] {
  const was = flattened(pair.was, wasGiven);
  const is = flattened(pair.is, isGiven);
  const of = (rule: string) => ({ rule, pointer });
  const { pairs, added } = variantPairs(pair, was, is);
  // Clients of such were told to be ready.
  const isOpen = /there can be new/i.test(`${was.description ?? ""}`);
  return [
    ...(isOpen ? [] : added).map((name) => ({
      rule: "response-variant-added",
      pointer: `${pointer}(${name})`,
    })),
    ...pairs.flatMap(([one, other]) => responseChanges(pair, one, other, pointer)),
    ...(isTypeWidened(was, is) ? [of("response-type-widened")] : []),
    ...(!isOpen && isEnumWidened(was, is) ? [of("response-enum-value-added")] : []),
    ...memberChanges(pair, was, is, pointer),
    ...(was.items && is.items ? responseChanges(pair, was.items, is.items, `${pointer}/*`) : []),
  ];
}

function isTypeWidened(was: Schema, is: Schema): boolean {
  const before = typesOf(was);
  if (!before) return false;
  const expected = before.includes("number") ? [...before, "integer"] : before;
  // Where nothing is said of the type, its variants say it.
  return (typesOf(is) ?? []).some((type) => !expected.includes(type));
}

function isEnumWidened(was: Schema, is: Schema): boolean {
  const before = valuesOf(was);
  if (!before) return false;
  const now = valuesOf(is);
  return !now || now.some((value) => !before.includes(value));
}

function memberChanges(
  pair: Pair,
  was: Schema,
  is: Schema,
  pointer: string,
): readonly SchemaChange[] {
  const after = is.properties ?? {};
  const isDemanded = (schema: Schema, name: string) => schema.required?.includes(name) ?? false;
  const [more, other] = [was.additionalProperties, is.additionalProperties];
  return [
    ...Object.entries(was.properties ?? {}).flatMap(([name, schema]): readonly SchemaChange[] => {
      const there = after[name];
      const place = `${pointer}/${name}`;
      if (!there) return [{ rule: "response-property-removed", pointer: place }];
      const isOptional = isDemanded(was, name) && !isDemanded(is, name);
      return [
        ...(isOptional ? [{ rule: "response-property-became-optional", pointer: place }] : []),
        ...responseChanges(pair, schema, there, place),
      ];
    }),
    ...(typeof more === "object" && typeof other === "object"
      ? responseChanges(pair, more, other, `${pointer}/*`)
      : []),
  ];
}
