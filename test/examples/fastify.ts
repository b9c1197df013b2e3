import fastify from "fastify";
import { principalOf, requireToken } from "../../src/fastify.ts";
import type { TokenVerifier } from "../../src/jwt.ts";

export function createOrders(verifier: TokenVerifier) {
  const app = fastify();
  const onRequest = requireToken({ verifier, scopes: ["orders/read"] });
  app.get<{ Params: { id: string } }>("/orders/:id", { onRequest }, async (request) => ({
    order: request.params.id,
    customer: principalOf(request).subject,
  }));
  return app;
}
