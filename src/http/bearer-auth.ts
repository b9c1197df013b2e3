import type { MiddlewareHandler } from "hono";
import type { Principal } from "../domain/principal.ts";
import { createBearerJudge } from "./bearer-guard.ts";
import type { BearerOptions } from "./bearer-options.ts";

/** What {@link bearerAuth} adds to the context of a request. */
export interface BearerVariables {
  readonly principal: Principal;
}

/**
 * Makes a Hono middleware that lets a request pass whose access token is good, with `c.var.principal` saying whom it
 * speaks for, and answers all others as `createBearerGuard` does. It asks for a token whatever the method is, so
 * what answers preflight requests (CORS) goes before it.
 *
 * @throws {TypeError} for options that no challenge could name
 * @example
 * const app = new Hono();
 * app.get("/orders", bearerAuth({ verifier, scopes: ["orders/read"] }), (c) =>
 *   c.json({ customer: c.var.principal.subject }),
 * );
 */
export function bearerAuth(
  options: BearerOptions,
): MiddlewareHandler<{ Variables: BearerVariables }> {
  const judge = createBearerJudge(options);
  return (c, next) =>
    judge(c.req, (principal) => {
      c.set("principal", principal);
      return next();
    });
}
