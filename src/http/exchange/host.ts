import { IdentityError } from "../../domain/errors.ts";

/** A name or an address, and a port (RFC 3986 section 3.2). */
const authority = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._~-]+)(?::\d{1,5})?$/i;

/**
 * Refuses a request whose `Host` is none (RFC 9112 section 3.2). Some runtimes put the header in front of the path to
 * make the request's URL, and a `?` or `/` in it would move the request to another route than whoever looked at its
 * path before us saw.
 *
 * @throws {IdentityError} `malformed_request`
 */
export function checkHost(host: string | undefined): void {
  if (host !== undefined && !authority.test(host)) throw new IdentityError("malformed_request");
}
