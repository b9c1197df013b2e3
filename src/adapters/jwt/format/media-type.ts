/**
 * A media type in the one form in which such are compared: in lower case, with the `application/` that `typ` and `cty`
 * may leave out. What is no text stays as it is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9
 */
export function mediaType(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const name = value.toLowerCase();
  return name.includes("/") ? name : `application/${name}`;
}
