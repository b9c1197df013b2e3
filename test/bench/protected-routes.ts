import { Hono } from "hono";
import { bearerAuth } from "../../src/hono.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/jwt.ts";
import type { Fixture } from "./fixture.ts";

/**
 * Makes an application of one route in several forms: bare, protected as a handler, and protected by a middleware. Two more
 * tell what the runtime takes for it, whoever protects the route: one that does nothing but read the header, and one that
 * looks its token up in a map, as the least that a check could do.
 */
export function protectedRoutes(
  { issuer, clientId }: Pick<Fixture, "issuer" | "clientId">,
  keysUri: string,
): Hono {
  const keys = createRemoteKeySet({ uri: keysUri });
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  const subject = "0c6f3a52-9a3e-4f0b-8a49-6d3d6d1f2b11";
  const known = new Map<string, { readonly subject: string; readonly expiresAt: number }>();
  return new Hono()
    .get("/bare", (c) => c.json({ subject }))
    .get("/header", (c) =>
      c.json({ subject, isThere: c.req.header("Authorization") !== undefined }),
    )
    .get("/by-hand", (c) => {
      const header = c.req.header("Authorization");
      if (!header?.startsWith("Bearer ")) return c.body(null, 401);
      const token = header.slice("Bearer ".length);
      const principal = known.get(token) ?? { subject, expiresAt: Number.POSITIVE_INFINITY };
      known.set(token, principal);
      if (principal.expiresAt < Date.now()) return c.body(null, 401);
      return c.json({ subject: principal.subject });
    })
    .get(
      "/protected",
      bearerAuth({ verifier }, (c) => c.json({ subject: c.get("principal").subject })),
    )
    .get("/middleware", bearerAuth({ verifier }), (c) =>
      c.json({ subject: c.get("principal").subject }),
    );
}
