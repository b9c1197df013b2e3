import { Hono } from "hono";
import { bearerAuth } from "../../src/hono.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/jwt.ts";
import type { Fixture } from "./fixture.ts";

/** Makes an application of one route in three forms: bare, protected as a handler, and protected by a middleware. */
export function protectedRoutes(
  { issuer, clientId }: Pick<Fixture, "issuer" | "clientId">,
  keysUri: string,
): Hono {
  const keys = createRemoteKeySet({ uri: keysUri });
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  const subject = "0c6f3a52-9a3e-4f0b-8a49-6d3d6d1f2b11";
  return new Hono()
    .get("/bare", (c) => c.json({ subject }))
    .get(
      "/protected",
      bearerAuth({ verifier }, (c) => c.json({ subject: c.get("principal").subject })),
    )
    .get("/middleware", bearerAuth({ verifier }), (c) =>
      c.json({ subject: c.get("principal").subject }),
    );
}
