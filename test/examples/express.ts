import express from "express";
import { principalOf, requireToken } from "../../src/express.ts";
import type { TokenVerifier } from "../../src/jwt.ts";

export function createOrders(verifier: TokenVerifier) {
  const app = express();
  app.get(
    "/orders/:id",
    requireToken({ verifier, scopes: ["orders/read"] }),
    (request, response) => {
      response.json({ order: request.params.id, customer: principalOf(request).subject });
    },
  );
  return app;
}
