import * as z from "zod/mini";

/** What the OpenAPI document says of a schema, beyond what zod can tell. */
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
}

/** The schemas of the wire format that the document describes or names. */
export const schemas = z.registry<SchemaMeta>();

/** Some text of the wire format, with what it means. */
export function text(description: string): z.ZodMiniString {
  return z.string().register(schemas, { description });
}
