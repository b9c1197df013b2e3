import { Hono } from "hono";
import { bearerAuth } from "../../src/hono.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/jwt.ts";

export function createOrders(service = "http://localhost:8080") {
  const verifier = createJwtVerifier({
    issuer: "https://memory.portico.invalid",
    clientIds: ["portico_memory"],
    keys: createRemoteKeySet({ uri: `${service}/.well-known/jwks.json` }),
  });
  const app = new Hono();
  app.get("/orders", bearerAuth({ verifier }), (c) =>
    c.json({ customer: c.var.principal.subject }),
  );
  return app;
}
