import { CognitoJwtVerifier } from "aws-jwt-verify";
import { Hono } from "hono";
import { readFixture } from "../../../test/bench/fixture.ts";
import { serveOnLoopback } from "../../../test/bench/hono-server.ts";

const { userPoolId, clientId, jwks } = await readFixture(process.argv[2] ?? "");
const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
// It fetches keys over https only; with them given it has nothing left to fetch.
verifier.cacheJwks({ keys: [...jwks.keys] });

const app = new Hono<{ Variables: { subject: string } }>();
app.use(async (c, next) => {
  const token = c.req.header("Authorization")?.slice("Bearer ".length) ?? "";
  try {
    c.set("subject", (await verifier.verify(token)).sub);
  } catch {
    return c.body(null, 401);
  }
  return next();
});
app.get("/protected", (c) => c.json({ subject: c.get("subject") }));
serveOnLoopback(app);
