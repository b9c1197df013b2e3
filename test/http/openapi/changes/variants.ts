import type { Pair } from "./changes.ts";
import { type Document, flattened, type Schema, valuesOf } from "./documents.ts";

/** The variants of two unions, by name: those that both have, those that are gone, and those that came. */
export interface VariantPairs {
  readonly pairs: readonly (readonly [was: Schema, is: Schema])[];
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** Pairs the variants of two schemas. One that is no union is the only variant of its own. */
export function variantPairs(pair: Pair, was: Schema, is: Schema): VariantPairs {
  const discriminator = (was.discriminator ?? is.discriminator)?.propertyName;
  const isUnion = (was.oneOf ?? was.anyOf ?? is.oneOf ?? is.anyOf) !== undefined;
  if (!isUnion) return { pairs: [], gone: [], added: [] };
  const before = variantsOf(pair.was, was, discriminator);
  const after = variantsOf(pair.is, is, discriminator);
  return {
    pairs: [...before].flatMap(([name, schema]) => {
      const other = after.get(name);
      return other ? [[schema, other] as const] : [];
    }),
    gone: [...before.keys()].filter((name) => !after.has(name)),
    added: [...after.keys()].filter((name) => !before.has(name)),
  };
}

/** A variant has the name of each value that tells it, or else its component's, or its type's. */
function variantsOf(
  document: Document,
  schema: Schema,
  discriminator: string | undefined,
): ReadonlyMap<string, Schema> {
  const variants = schema.oneOf ?? schema.anyOf ?? [schema];
  return new Map(
    variants.flatMap((variant) => {
      const flat = flattened(document, variant);
      const told = discriminator === undefined ? undefined : flat.properties?.[discriminator];
      const names = told && valuesOf(flattened(document, told))?.map(String);
      const others = [variant.$ref?.split("/").at(-1) ?? String(flat.type)];
      return (names ?? others).map((name) => [name, flat] as const);
    }),
  );
}
