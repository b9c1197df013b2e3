import type { IncomingMessage, ServerResponse } from "node:http";
import type { BearerOptions, Principal } from "../../src/jwt.ts";
import { createNodeGuard } from "./node-guard.ts";

/** `app.get("/orders", { onRequest: requireToken({ verifier }) }, (request) => …)`, with `request.principal`. */
export function requireToken(options: BearerOptions) {
  const guard = createNodeGuard(options);
  return async (
    request: { readonly raw: IncomingMessage; principal?: Principal },
    reply: { readonly raw: ServerResponse; hijack(): unknown },
  ): Promise<void> => {
    const principal = await guard(request.raw, reply.raw);
    if (principal) request.principal = principal;
    else reply.hijack();
  };
}
