import * as z from "zod/mini";

/** The words of the OpenAPI document on a schema, beyond what zod can tell. The Worker's bundle leaves them out. */
export interface SchemaMeta {
  /** Makes it a component of this name. */
  readonly id?: string;
  readonly description?: string;
  /** Of a component: what the document and the documentation page show. */
  readonly example?: z.core.$input;
  /** JSON Schema keywords for what is checked further in, or in a way that zod cannot translate. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly uniqueItems?: boolean;
  readonly format?: string;
  /** The name of the component that describes the form of what is checked by somebody else, or not at all. */
  readonly form?: string;
}

/** The schemas of the wire format that the document describes or names, as far as they are made. */
export const schemas = z.registry<SchemaMeta>();

/** A schema that is made when it is first asked for. */
export type Deferred<Schema extends z.ZodMiniType = z.ZodMiniType> = () => Schema;

/** The type of the values that a schema takes. */
export type Input<Of extends Deferred> = z.input<ReturnType<Of>>;

/** The type of the values that a schema gives. */
export type Output<Of extends Deferred> = z.output<ReturnType<Of>>;

/**
 * Makes a schema once, and not before it is asked for: to make all of them would take a Worker as long as to load all
 * of its code, and those of answers are for the document only.
 */
export function onFirstUse<Schema extends z.ZodMiniType>(make: () => Schema): Deferred<Schema> {
  let made: Schema | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Some text of the wire format, with what it means. */
export function text(description: string): z.ZodMiniString {
  return z.string().register(schemas, { description });
}
