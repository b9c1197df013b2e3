import type { IncomingMessage, ServerResponse } from "node:http";
import type { BearerOptions, Principal } from "../../src/jwt.ts";
import { createNodeGuard } from "./node-guard.ts";

/** `app.get("/orders", requireToken({ verifier }), (request, response) => …)`, with `response.locals.principal`. */
export function requireToken(options: BearerOptions) {
  const guard = createNodeGuard(options);
  return (
    request: IncomingMessage,
    response: ServerResponse & { locals: Record<string, unknown> & { principal?: Principal } },
    next: (error?: unknown) => void,
  ): void => {
    guard(request, response).then((principal) => {
      if (!principal) return;
      response.locals.principal = principal;
      next();
    }, next);
  };
}
