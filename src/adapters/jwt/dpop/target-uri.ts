/** The characters of a URI, its scheme one of HTTP's (RFC 3986 appendix A): what a parser would mend is none. */
const httpUri = /^https?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i;

/**
 * Brings an HTTP URI into the form in which proofs are compared: without query and fragment, and normalised by syntax and
 * scheme. Gives nothing for what is no such URI, or names a user.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
export function targetUri(text: string): string | undefined {
  if (!httpUri.test(text) || !URL.canParse(text)) return undefined;
  // Takes care of case, default ports, empty paths and dot segments.
  const { origin, pathname, username, password } = new URL(text);
  if (username !== "" || password !== "") return undefined;
  return origin + normalizedPath(pathname);
}

/** Gives the address that the paths of requests are put behind: with no slash at its end. */
export function baseUri({ origin, pathname }: URL): string {
  return origin + escaped(pathname).replace(/\/$/, "");
}

/**
 * Gives the `htu` that a proof for a request has to have.
 *
 * @param base - from {@link baseUri}, of the public address of the API
 * @param url - of the request, of which the path alone counts: the host is whatever the client wrote
 */
export function expectedTarget(base: string, url: string): string | undefined {
  return targetUri(base + escaped(new URL(url).pathname));
}

/** Parsers leave characters in a path that no URI has. */
function escaped(path: string): string {
  return path.replace(/[^\w.~:/@!$&'()*+,;=%-]/g, encodeURIComponent);
}

/** Escapes of unreserved characters stand for these; of others their case does not count (RFC 3986 section 6.2.2). */
function normalizedPath(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
  });
}
