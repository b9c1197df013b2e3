import type { Answer } from "./answer.ts";
import type { CorsHeaders } from "./cors.ts";

/**
 * The headers that every answer carries, errors included (OWASP ASVS 5.0, 3.4). The policy forbids everything, as JSON
 * needs nothing; the documentation page brings its own, and what may be kept says for how long.
 */
const securityHeaders = {
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
};

/**
 * Makes the response of an answer: with the security headers, of which it may have its own policy and caching, the id of
 * its request, and what its origin may read.
 */
export function responseOf(
  { status, body, headers }: Answer,
  requestId: string,
  corsHeaders?: CorsHeaders,
): Response {
  return new Response(body, {
    status,
    headers: { ...securityHeaders, "X-Request-Id": requestId, ...corsHeaders, ...headers },
  });
}
