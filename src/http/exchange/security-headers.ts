import type { MiddlewareHandler } from "hono";

/**
 * The headers that every answer carries, errors included (OWASP ASVS 5.0, 3.4). The policy forbids everything, as JSON
 * needs nothing; the documentation page brings its own.
 */
const always = {
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

const unlessSet = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};

/** Adds the security headers to every answer. */
export const securityHeadersMiddleware: MiddlewareHandler = async (c, next) => {
  await next();
  securityHeaders(c.res.headers);
};

/** Adds the security headers, and keeps what an answer says of its own policy and caching. */
export function securityHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(always)) headers.set(name, value);
  for (const [name, value] of Object.entries(unlessSet)) {
    if (!headers.has(name)) headers.set(name, value);
  }
}
