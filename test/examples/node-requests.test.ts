import { IncomingMessage } from "node:http";
import { type ClientSessionOptions, connect, createServer } from "node:http2";
import { type AddressInfo, Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { accessToken, tokenVerifier } from "../http/bearer/protected-api.ts";
import { requireToken as requireTokenInFastify } from "./fastify.ts";
import { fastifyReply, type SentReply } from "./fastify-reply.ts";
import { createNodeGuard, type NodeRequest, sendAnswer } from "./node-guard.ts";

const guard = createNodeGuard({ verifier: tokenVerifier() });

/** Asks with a list of values for `Authorization`, and gives the status. */
type Ask = (...values: readonly string[]) => Promise<number>;

async function judged(request: NodeRequest): Promise<number> {
  const outcome = await guard(request);
  return outcome instanceof Response ? outcome.status : 200;
}

/** As `light-my-request` makes them for `fastify.inject` and `@fastify/aws-lambda`: one text for each header. */
const injected: Ask = (...values) =>
  judged({
    method: "GET",
    url: "/orders",
    headers: { host: "localhost:80", ...(values.length > 0 && { authorization: `${values}` }) },
  });

/** As `serverless-http` makes them: of Node's class, with headers put on and no raw ones. */
const serverless: Ask = (...values) => {
  const message = Object.assign(new IncomingMessage(new Socket()), {
    method: "GET",
    url: "/orders",
    headers: { ...(values.length > 0 && { authorization: values.join(", ") }) },
  });
  return judged(message);
};

/** With lists, as others have them that know each value. */
const listed: Ask = (...values) => judged({ headers: { authorization: values } });

const http2: Ask = async (...values) => {
  const server = createServer(async (request, response) => {
    const outcome = await guard(request);
    if (outcome instanceof Response) await sendAnswer(outcome, response);
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const options: ClientSessionOptions & { readonly strictSingleValueFields: boolean } = {
    strictSingleValueFields: false,
  };
  const session = connect(`http://127.0.0.1:${port}`, options);
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  return new Promise((resolve, reject) => {
    const fields = values.flatMap((value) => ["authorization", value]);
    const stream = session.request([":path", "/orders", ...fields]);
    stream.on("response", (headers) => resolve(Number(headers[":status"]))).on("error", reject);
  });
};

/**
 * @see https://github.com/ttoss/ttoss/pull/1089
 * @see https://github.com/nodejs/node/issues/64060
 * @see https://github.com/oven-sh/bun/issues/31318
 */
describe.each(Object.entries({ injected, serverless, listed, http2 }))(
  "the guard for Node.js, of a request that is %s",
  (_kind, ask) => {
    test("lets a good token pass", async () => {
      expect(await ask(`Bearer ${await accessToken()}`)).toBe(200);
    });

    test("asks for a token where there is none", async () => {
      expect(await ask()).toBe(401);
    });

    test("refuses two headers", async () => {
      const header = `Bearer ${await accessToken()}`;

      expect(await ask(header, header)).toBe(400);
    });
  },
);

describe("the guard for Node.js", () => {
  test.each(["CONNECT", "TRACE", "TRACK"])("answers %s by itself", async (method) => {
    expect(await judged({ method, headers: {} })).toBe(405);
  });

  test.each(["Bearer \u2713", "Bearer abc\u0000def"])(
    "refuses %j, which no socket could have brought",
    async (authorization) => {
      expect(await judged({ headers: { authorization } })).toBe(400);
    },
  );
});

/** @see https://github.com/MatthewWid/better-sse/issues/107 */
test("the example for Fastify keeps the headers of other plugins, and lets their onSend hooks run", async () => {
  const sent: SentReply[] = [];
  const reply = fastifyReply(
    (answer) => sent.push(answer),
    (payload) => `${payload}\n`,
  );
  reply.header("Access-Control-Allow-Origin", "https://app.example.com");

  await requireTokenInFastify({ verifier: tokenVerifier() })({ raw: { headers: {} } }, reply);

  const [answer] = sent;
  expect(answer?.status).toBe(401);
  expect(answer?.headers).toMatchObject({
    "access-control-allow-origin": "https://app.example.com",
    "content-type": "application/problem+json",
    "www-authenticate": 'Bearer realm="api"',
  });
  expect(answer?.payload.endsWith("}\n")).toBe(true);
});
