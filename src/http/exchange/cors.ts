import type { HonoRequest } from "hono";

/** The time that a browser may remember the answer to a preflight, in seconds. */
const preflightMaxAgeSeconds = 600;

/** The headers that tell a browser which pages may read an answer. */
export type CorsHeaders = Readonly<Record<"Vary" | `Access-Control-${string}`, string>>;

/** The findings about the page that asks. */
export interface CorsFindings {
  readonly headers: CorsHeaders;
  /** Whether it asked for nothing but that: then there is nothing else to answer. */
  readonly isPreflight: boolean;
}

/** An answer that says something of one origin must not be kept for another. */
const vary = { Vary: "Origin" } as const;

/**
 * Lets pages of the listed origins, and no others, read the answers, with cookies as well: those count only together with a
 * header that is asked for here. Origins are compared whole, never by suffix or pattern.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createCors(
  origins: readonly string[],
  methods: readonly string[],
): (request: HonoRequest) => CorsFindings {
  const preflightHeaders = {
    "Access-Control-Allow-Methods": methods.join(", "),
    "Access-Control-Allow-Headers":
      "Authorization, Content-Type, Portico-Captcha, Portico-Session, X-Request-Id",
    "Access-Control-Max-Age": String(preflightMaxAgeSeconds),
  };
  return (request) => {
    const origin = request.header("Origin");
    if (origin === undefined || !origins.includes(origin)) {
      return { headers: vary, isPreflight: false };
    }
    const isPreflight = isPreflightRequest(request.raw);
    const headers = {
      ...(isPreflight && preflightHeaders),
      ...vary,
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Expose-Headers":
        "RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id",
    };
    return { headers, isPreflight };
  };
}

/** Tells whether a browser asks for a page of an origin that is not listed: a setting that is missing, more often than an attack. */
export function isUnlistedPreflight(request: Request, origins: readonly string[]): boolean {
  return isPreflightRequest(request) && !origins.includes(request.headers.get("Origin") ?? "");
}

function isPreflightRequest(request: Request): boolean {
  return request.method === "OPTIONS" && request.headers.has("Access-Control-Request-Method");
}
