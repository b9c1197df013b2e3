// The whole service as the entry for Node serves it, and beside it, in the same process and over the same server, a route
// that is nothing but Hono and gives the same answer.
import { openSync } from "node:fs";
import { devNull } from "node:os";
import { Hono } from "hono";
import { serve } from "../../../src/node.ts";
import { createLineOutput } from "../../../src/runtimes/node-output.ts";
import { createProcessReader } from "../../../src/runtimes/node-process.ts";
import { createService } from "../../../src/service/service.ts";
import { createLazyTracer } from "../../../src/service/telemetry/lazy-tracer.ts";
import { createServiceMetrics, type MetricsParts } from "../../../src/service/telemetry/metrics.ts";
import { answerForServer } from "../answers.ts";
import { readFixture } from "../fixture.ts";

// The settings that are measured, as JSON.
const [, , fixturePath = "", keysUri = "", settings = "{}"] = process.argv;
const { userPoolId, clientId, tokens } = await readFixture(fixturePath);
// Standard output is where this process answers what it is asked.
const output = createLineOutput(openSync(devNull, "w"));
const service = createService(
  {
    IDENTITY_PROVIDER: "cognito",
    COGNITO_REGION: "eu-west-1",
    COGNITO_USER_POOL_ID: userPoolId,
    COGNITO_CLIENT_ID: clientId,
    COGNITO_JWKS_URI: keysUri,
    AWS_ACCESS_KEY_ID: "example",
    AWS_SECRET_ACCESS_KEY: "example",
    ...JSON.parse(settings),
  },
  {
    print: output.print,
    makeTracer: createLazyTracer,
    metrics: (parts: MetricsParts) => createServiceMetrics(parts, createProcessReader()),
  },
);

const answer = await service.fetch(
  new Request("http://127.0.0.1/v1/session", { headers: { Authorization: `Bearer ${tokens[0]}` } }),
);
const session: unknown = await answer.json();
// What is measured must be there.
const page = await service.fetch(new Request("http://127.0.0.1/metrics"), {
  peer: () => "127.0.0.1",
});
if ((page.status === 200) !== (JSON.parse(settings).METRICS === "on")) {
  throw new Error(`The page of metrics answers ${page.status}.`);
}
const bare = new Hono().get("/bare", (c) => c.json(session as object));

const { port } = await serve({
  port: 0,
  fetch: (request, connection) =>
    request.url.endsWith("/bare") ? bare.fetch(request) : service.fetch(request, connection),
});
await answerForServer(port);
