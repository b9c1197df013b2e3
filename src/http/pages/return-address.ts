/** The longest address that a page takes the browser back to. */
const maxLength = 2048;

/**
 * Gives the address that a page may take the browser back to, or nothing where it may not: a path of this service's host, or
 * an address of a listed origin. Origins are compared whole. An address is taken in the one spelling that browsers and this
 * function read alike: no white space, no backslash, which browsers take for a slash, nothing but ASCII, and no name or
 * password before the host, which would hide it.
 *
 * @param own - the origin of the service
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
 */
export function returnAddress(
  text: string,
  own: string,
  origins: readonly string[],
): string | undefined {
  if (text.length > maxLength || !/^[\x21-\x5b\x5d-\x7e]+$/.test(text)) return undefined;
  // As a path it stays one of the host that the browser knows, behind whichever proxy that is.
  if (/^\/(?!\/)/.test(text)) return new URL(text, own).origin === own ? text : undefined;
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return undefined;
  const { href, origin, username, password } = new URL(text);
  // With an empty name before it, the host is shown as it is, but nobody writes it so who means well.
  const hasUser = username !== "" || password !== "" || /^[^/]+\/\/[^/?#]*@/.test(text);
  return !hasUser && [own, ...origins].includes(origin) ? href : undefined;
}
