import { Hono } from "hono";
import { bearerAuth } from "../../src/hono.ts";
import type { TokenVerifier } from "../../src/jwt.ts";

export function createOrders(verifier: TokenVerifier) {
  const app = new Hono();
  app.get("/orders", bearerAuth({ verifier, scopes: ["orders/read"] }), (c) =>
    c.json({ customer: c.var.principal.subject }),
  );
  return app;
}
