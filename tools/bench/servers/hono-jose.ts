import { Hono } from "hono";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { readFixture } from "../../../test/bench/fixture.ts";
import { serveOnLoopback } from "../../../test/bench/hono-server.ts";

const [, , fixturePath = "", keysUri = ""] = process.argv;
const { issuer, clientId } = await readFixture(fixturePath);
const keys = createRemoteJWKSet(new URL(keysUri));

const app = new Hono<{ Variables: { subject: string | undefined } }>();
app.use(async (c, next) => {
  const token = c.req.header("Authorization")?.slice("Bearer ".length) ?? "";
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ["RS256"] });
    if (payload.token_use !== "access" || payload.client_id !== clientId) return c.body(null, 401);
    c.set("subject", payload.sub);
  } catch {
    return c.body(null, 401);
  }
  return next();
});
app.get("/protected", (c) => c.json({ subject: c.get("subject") }));
serveOnLoopback(app);
