import type { MiddlewareHandler } from "hono";
import type { Principal } from "../../src/domain/principal.ts";
import type { TokenVerifier } from "../../src/ports/index.ts";

/** The scheme's case does not count (RFC 9110 section 11.1); what follows it is the verifier's to judge. */
const scheme = /^bearer +/i;

/** Lets a request pass whose access token holds, as an application would that calls the verifier itself. */
export function bearer(
  verifier: TokenVerifier,
): MiddlewareHandler<{ Variables: { principal: Principal } }> {
  return async (c, next) => {
    const header = c.req.header("Authorization") ?? "";
    const [prefix] = scheme.exec(header) ?? [];
    if (prefix === undefined) return c.body(null, 401, { "WWW-Authenticate": "Bearer" });
    try {
      c.set("principal", await verifier.verify(header.slice(prefix.length)));
    } catch {
      return c.body(null, 401, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
    }
    return next();
  };
}
