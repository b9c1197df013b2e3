import { Hono } from "hono";
import { bearerAuth } from "../../../src/hono.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../../src/jwt.ts";
import { readFixture } from "../fixture.ts";
import { serveOnLoopback } from "../hono-server.ts";

const [, , fixturePath = "", keysUri = ""] = process.argv;
const { issuer, clientId } = await readFixture(fixturePath);
const keys = createRemoteKeySet({ uri: keysUri });
const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
const subject = crypto.randomUUID();

const app = new Hono()
  .get("/bare", (c) => c.json({ subject }))
  .get(
    "/protected",
    bearerAuth({ verifier }, (c) => c.json({ subject: c.get("principal").subject })),
  )
  .get("/middleware", bearerAuth({ verifier }), (c) =>
    c.json({ subject: c.get("principal").subject }),
  );
serveOnLoopback(app);
