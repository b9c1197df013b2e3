import { isSecureAddress } from "../session-header.ts";

/** A request as servers have them: a `Request`, one of Node.js or Express, or `{ headers: await headers() }` of Next.js. */
export interface SessionRequest {
  readonly url?: string | undefined;
  readonly headers:
    | Pick<Headers, "get">
    | Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The parts of a request that its session is read of. */
export interface RequestCookies {
  readonly cookie: string | undefined;
  /** Whether the cookies have the names that only the host itself can set, on a connection that nobody can read. */
  readonly isSecure: boolean;
}

/**
 * Reads the parts of a request that its session is read of.
 *
 * @param publicUrl - the site's address as browsers know it. @default that which the request names
 */
export function requestCookies(
  { url = "/", headers }: SessionRequest,
  publicUrl: string | undefined,
): RequestCookies {
  const host = headerOf(headers, "host") ?? "";
  // Servers that give the path alone say no more of the address than its host.
  const address = /^[a-z]+:\/\//i.test(url) ? url : `http://${host}/`;
  return {
    cookie: headerOf(headers, "cookie"),
    isSecure: isSecureAddress(address, publicUrl),
  };
}

function headerOf(headers: SessionRequest["headers"], name: "cookie" | "host"): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  const value = headers[name];
  if (value === undefined || typeof value === "string") return value;
  return value.join("; ");
}

function isHeaders(headers: SessionRequest["headers"]): headers is Pick<Headers, "get"> {
  return typeof headers.get === "function";
}
