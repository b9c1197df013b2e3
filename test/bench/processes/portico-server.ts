import { readFixture } from "../fixture.ts";
import { serveOnLoopback } from "../hono-server.ts";
import { protectedRoutes } from "../protected-routes.ts";

const [, , fixturePath = "", keysUri = ""] = process.argv;
serveOnLoopback(protectedRoutes(await readFixture(fixturePath), keysUri));
