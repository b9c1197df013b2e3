import type { ServerResponse } from "node:http";
import type { BearerOptions, Principal } from "../../src/jwt.ts";
import { createNodeGuard, type NodeRequest, sendAnswer } from "./node-guard.ts";

/** `app.get("/orders", requireToken({ verifier }), (request, response) => …)`, with `response.locals.principal`. */
export function requireToken(options: BearerOptions) {
  const guard = createNodeGuard(options);
  return (
    request: NodeRequest,
    response: ServerResponse & { locals: Record<string, unknown> & { principal?: Principal } },
    next: (error?: unknown) => void,
  ): void => {
    guard(request).then((outcome) => {
      if (outcome instanceof Response) return sendAnswer(outcome, response);
      response.locals.principal = outcome;
      return next();
    }, next);
  };
}
