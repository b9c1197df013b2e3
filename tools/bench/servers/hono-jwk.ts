import { Hono } from "hono";
import { jwk } from "hono/jwk";
import type { JwtVariables } from "hono/jwt";
import { readFixture } from "../../../test/bench/fixture.ts";
import { serveOnLoopback } from "../../../test/bench/hono-server.ts";

const [, , fixturePath = "", keysUri = ""] = process.argv;
const { issuer } = await readFixture(fixturePath);

const app = new Hono<{ Variables: JwtVariables }>();
app.use(jwk({ jwks_uri: keysUri, alg: ["RS256"], verification: { iss: issuer } }));
app.get("/protected", (c) => c.json({ subject: c.get("jwtPayload").sub }));
serveOnLoopback(app);
