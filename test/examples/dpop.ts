import { Hono } from "hono";
import { bearerAuth } from "../../src/hono.ts";
import { createDpopVerifier, type JwtVerifier } from "../../src/jwt.ts";

export function createPayments(verifier: JwtVerifier) {
  const dpop = createDpopVerifier({ verifier, publicUrl: "https://payments.example.com" });
  const app = new Hono();
  app.post("/payments", bearerAuth({ verifier, dpop }), (c) => {
    const { subject, confirmation } = c.var.principal;
    return c.json({ customer: subject, limit: confirmation ? 10_000 : 50 });
  });
  return app;
}
