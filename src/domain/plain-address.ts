import { IdentityError } from "./errors.ts";

/** No control character, no space, no sign that begins a list, a name, a comment or a route in a header. */
const form = /^[^\p{C}\p{Z}@<>()[\]\\,;:"]{1,64}@[^\p{C}\p{Z}@<>()[\]\\,;:"]{1,253}$/u;

/**
 * Tells whether a text is one address and nothing else, so that it can be nothing else in a mail either. Quoted names
 * before the `@` and literal addresses behind it are none here (RFC 5321 section 4.1.2).
 */
export function isPlainAddress(text: string): boolean {
  return form.test(text) && !/^\.|\.\.|\.@|@\.|@-/.test(text);
}

/**
 * Refuses what is not one address and nothing else.
 *
 * @throws {IdentityError} `delivery_failed`
 */
export function demandPlainAddress(text: string): void {
  if (isPlainAddress(text)) return;
  throw new IdentityError("delivery_failed", { cause: new Error("That is no plain address.") });
}
