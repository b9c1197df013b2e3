import fastify from "fastify";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Principal } from "../../../src/domain/principal.ts";
import { requireToken } from "../../../src/fastify.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";

const verifier = tokenVerifier();

describe("requireToken of Fastify", () => {
  test("lets a route know who asks, with its own types", async () => {
    const app = fastify();
    const onRequest = requireToken({ verifier });
    app.get<{ Params: { id: string } }>("/orders/:id", { onRequest }, async (request) => {
      expectTypeOf(request.principal).toEqualTypeOf<Principal | undefined>();
      return { id: request.params.id, customer: request.principal?.subject };
    });
    const headers = { authorization: `Bearer ${await accessToken()}` };

    const answer = await app.inject({ url: "/orders/7", headers });

    expect(answer.json()).toEqual({ id: "7", customer: "3f0c5d6a-subject" });
  });

  test("stands before all routes of a plugin, and before no others", async () => {
    const app = fastify();
    app.get("/health", async () => "up");
    app.register(async (orders) => {
      orders.addHook("onRequest", requireToken({ verifier }));
      orders.get("/orders", async () => "passed");
    });

    const statuses = await Promise.all(
      ["/health", "/orders"].map(async (url) => (await app.inject({ url })).statusCode),
    );

    expect(statuses).toEqual([200, 401]);
  });

  /** @see https://github.com/MatthewWid/better-sse/issues/107 */
  test("keeps the headers of other plugins, and lets their onSend hooks run", async () => {
    const app = fastify();
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("Access-Control-Allow-Origin", "https://app.example.com");
    });
    app.addHook("onSend", async (_request, reply, payload) => {
      reply.header("X-Length", String(payload).length);
    });
    app.get("/orders", { onRequest: requireToken({ verifier }) }, async () => "passed");

    const { headers, statusCode, body } = await app.inject({ url: "/orders" });

    expect(statusCode).toBe(401);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://app.example.com",
      "content-type": "application/problem+json",
      "www-authenticate": 'Bearer realm="api"',
      "x-length": String(body.length),
    });
  });

  test("reads no body of a request that it refuses", async () => {
    let parsed = 0;
    const app = fastify();
    app.addContentTypeParser("text/plain", { parseAs: "string" }, (_request, body, done) => {
      parsed += 1;
      done(null, body);
    });
    app.post("/orders", { onRequest: requireToken({ verifier }) }, async () => "passed");
    const post = (headers: Record<string, string>) =>
      app.inject({
        method: "POST",
        url: "/orders",
        headers: { ...headers, "content-type": "text/plain" },
        payload: "text",
      });

    const refused = await post({});
    const taken = await post({ authorization: `Bearer ${await accessToken()}` });

    expect([refused.statusCode, taken.statusCode, parsed]).toEqual([401, 200, 1]);
  });
});
