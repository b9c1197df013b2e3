import { Hono } from "hono";
import { type BearerContext, bearerAuth } from "../../src/hono.ts";
import type { TokenVerifier } from "../../src/jwt.ts";

export function createOrders(verifier: TokenVerifier) {
  const options = { verifier, scopes: ["orders/read"] };
  const showOrder = (c: BearerContext<"/orders/:id">) =>
    c.json({ order: c.req.param("id"), customer: c.var.principal.subject });

  const app = new Hono();
  app.get("/orders/:id", bearerAuth(options, showOrder));
  app.get(
    "/orders",
    bearerAuth(options, (c) => c.json({ customer: c.var.principal.subject })),
  );
  return app;
}
