/** A JSON object whose members have yet to be looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells whether a parsed JSON value is an object, which arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
