import type { MiddlewareHandler } from "hono";

/** The time that a browser may remember the answer to a preflight, in seconds. */
const preflightMaxAgeSeconds = 600;

/**
 * Lets pages of the listed origins, and no others, read the answers. Origins are compared whole, never by suffix or
 * pattern, and cookies are never involved.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function cors(origins: readonly string[], methods: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    const listed = origin !== undefined && origins.includes(origin);
    if (listed && isPreflight(c.req.raw)) c.res = preflightAnswer(methods);
    else await next();
    const { headers } = c.res;
    // An answer that says something of one origin must not be kept for another.
    headers.append("Vary", "Origin");
    if (!listed) return;
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate, X-Request-Id");
  };
}

/** Tells whether a browser asks for a page of an origin that is not listed: a setting that is missing, more often than an attack. */
export function isUnlistedPreflight(request: Request, origins: readonly string[]): boolean {
  return isPreflight(request) && !origins.includes(request.headers.get("Origin") ?? "");
}

function isPreflight(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
}

function preflightAnswer(methods: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": methods.join(", "),
      "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Request-Id",
      "Access-Control-Max-Age": String(preflightMaxAgeSeconds),
    },
  });
}
