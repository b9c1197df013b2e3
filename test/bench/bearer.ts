import type { MiddlewareHandler } from "hono";
import type { Principal } from "../../src/domain/principal.ts";
import type { TokenVerifier } from "../../src/ports/index.ts";

/** One b64token after the scheme (RFC 6750 section 2.1). */
const credentials = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Lets a request pass whose access token holds, as an application would that calls the verifier itself. */
export function bearer(
  verifier: TokenVerifier,
): MiddlewareHandler<{ Variables: { principal: Principal } }> {
  return async (c, next) => {
    const token = credentials.exec(c.req.header("Authorization") ?? "")?.[1];
    if (token === undefined) return c.body(null, 401, { "WWW-Authenticate": "Bearer" });
    try {
      c.set("principal", await verifier.verify(token));
    } catch {
      return c.body(null, 401, { "WWW-Authenticate": 'Bearer error="invalid_token"' });
    }
    return next();
  };
}
