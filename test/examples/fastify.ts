import type { BearerOptions, Principal } from "../../src/jwt.ts";
import { createNodeGuard, type NodeRequest } from "./node-guard.ts";

/** A reply of Fastify's, as far as it is used here. */
interface Reply {
  code(status: number): Reply;
  headers(values: Readonly<Record<string, string>>): Reply;
  send(payload: string): Reply;
}

/** `app.get("/orders", { onRequest: requireToken({ verifier }) }, (request) => …)`, with `request.principal`. */
export function requireToken(options: BearerOptions) {
  const guard = createNodeGuard(options);
  return async (
    request: { readonly raw: NodeRequest; principal?: Principal },
    reply: Reply,
  ): Promise<unknown> => {
    const outcome = await guard(request.raw);
    if (!(outcome instanceof Response)) {
      request.principal = outcome;
      return undefined;
    }
    // Through Fastify, which adds the headers of other plugins and runs their `onSend` hooks.
    const headers = Object.fromEntries(outcome.headers);
    return reply
      .code(outcome.status)
      .headers(headers)
      .send(await outcome.text());
  };
}
