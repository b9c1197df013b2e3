import type { HonoRequest } from "hono";
import { IdentityError } from "../../domain/errors.ts";

/** The header by which a request asks for its tokens to be kept in cookies. */
export const sessionHeader = "Portico-Session";

/** The way that a request wants its session kept. */
export interface SessionMode {
  /** Whether the browser is to keep it when it is closed. */
  readonly isKept: boolean;
}

/** The pages that may use the cookies of a session. */
export interface SessionOrigins {
  /** The service's own origin, where it was told. */
  readonly own?: string | undefined;
  readonly others: readonly string[];
}

const form = /^cookie(?:\s*;\s*(keep))?$/;

/**
 * Tells whether a request keeps its tokens in cookies. No page of another site can send the header without asking first,
 * and none that is not listed is let, so that nobody's cookies are used by a page that they do not belong to.
 *
 * @throws {IdentityError} `malformed_request` — the header asks for something else, or there is an access token as well
 * @throws {IdentityError} `origin_not_allowed` — the request comes from a page that may not use them
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps-26#section-6.1.3.3 against forged requests
 */
export function sessionModeOf(
  request: HonoRequest,
  origins: SessionOrigins,
): SessionMode | undefined {
  const header = request.header(sessionHeader);
  if (header === undefined) return undefined;
  const match = form.exec(header);
  if (!match || request.header("Authorization") !== undefined) {
    throw new IdentityError("malformed_request");
  }
  if (!isAllowed(request, origins)) throw new IdentityError("origin_not_allowed");
  return { isKept: match[1] !== undefined };
}

/** Tells whether cookies are for a connection that nobody can read: everywhere but in development on this machine. */
export function isSecureAddress(url: string, own: string | undefined): boolean {
  if (own !== undefined) return own.startsWith("https:");
  return !loopbackHttp.test(url);
}

/** An address of this machine without TLS: told by its text, as to take it apart takes longer than all else here. */
const loopbackHttp = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:[/?#]|$)/;

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

function isAllowed(request: HonoRequest, { own, others }: SessionOrigins): boolean {
  const origin = request.header("Origin");
  // Browsers send none along with what a page asks its own origin for by GET.
  if (origin === undefined) return request.header("Sec-Fetch-Site") === "same-origin";
  return origin === own || others.includes(origin) || isOwnHost(origin, request);
}

/**
 * Tells whether a page is of the host that was asked. What a request says of its host is its own word, but cookies of
 * `__Host-` are those of the host that the browser asked for, whatever the name is that it knows it by.
 */
function isOwnHost(origin: string, request: HonoRequest): boolean {
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (page.origin !== origin || page.host !== request.header("Host")) return false;
  return page.protocol === "https:" || (page.protocol === "http:" && loopback.test(page.hostname));
}
