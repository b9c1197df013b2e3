/** A schema, of which any word may be there. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
  readonly uniqueItems?: boolean;
  readonly [limit: string]: unknown;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Content;
}

export interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

/** An OpenAPI document, as far as it says what is sent. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Gives the thing that a reference leads to, or a thing that is none as it is. */
export function resolved<Thing extends { readonly $ref?: string }>(
  document: Document,
  thing: Thing,
): Thing {
  if (thing.$ref === undefined) return thing;
  const [, , kind = "", name = ""] = thing.$ref.split("/");
  const found = document.components?.[kind]?.[name];
  if (!found) throw new Error(`${thing.$ref} leads nowhere`);
  return resolved(document, found as Thing);
}

/** Gives a schema without a reference and without `allOf`, whose parts all count. */
export function flattened(document: Document, schema: Schema): Schema {
  const { allOf, ...own } = resolved(document, schema);
  const parts = (allOf ?? []).map((part) => flattened(document, part));
  return parts.reduce(joined, own);
}

function joined(all: Schema, part: Schema): Schema {
  return {
    ...all,
    ...part,
    ...((all.properties ?? part.properties) && {
      properties: mergedProperties(all.properties ?? {}, part.properties ?? {}),
    }),
    ...((all.required ?? part.required) && {
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
  };
}

function mergedProperties(
  one: Readonly<Record<string, Schema>>,
  other: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const both = Object.keys(one).filter((name) => name in other);
  const merged = both.map((name) => [name, { ...one[name], ...other[name] }]);
  return { ...one, ...other, ...Object.fromEntries(merged) };
}

/** Gives the types that values of a schema can have: nothing where it says none. */
export function typesOf({ type }: Schema): readonly string[] | undefined {
  return typeof type === "string" ? [type] : type;
}

/** Gives the values that there are: nothing where there is no end of them. */
export function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.const === undefined ? schema.enum : [schema.const];
}
