import { readFileSync } from "node:fs";
import { createServer, type RequestListener, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ConfirmSignUpCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, onTestFinished, test } from "vitest";
import { type BearerOptions, createDpopVerifier, type Principal } from "../../src/jwt.ts";
import { createClient, digest } from "../http/bearer/dpop/client.ts";
import { accessToken, tokenVerifier } from "../http/bearer/protected-api.ts";
import { startService } from "../http/support.ts";
import { createPayments } from "./dpop.ts";
import { requireToken as requireTokenInExpress } from "./express.ts";
import { requireToken as requireTokenInFastify } from "./fastify.ts";
import { fastifyReply } from "./fastify-reply.ts";
import { createOrders } from "./hono.ts";
import { createOrders as createOrdersOfHandlers } from "./hono-handler.ts";
import { createOrders as createOrdersInOneMinute } from "./in-one-minute.ts";
import { startPool } from "./strict-server.ts";
import { verifier as documentedVerifier } from "./verifier.ts";
import { createWorker } from "./worker.ts";

const verifier = tokenVerifier();
const publicUrl = "https://api.example.com";
const dpop = createDpopVerifier({ verifier, publicUrl });
const options: BearerOptions = { verifier, dpop, scopes: ["orders/read"] };

/** Over node:http, with as much of each framework as its example touches. */
const nodeExamples: Readonly<Record<string, RequestListener>> = {
  Express(request, response) {
    const locals: Record<string, unknown> & { principal?: Principal } = {};
    requireTokenInExpress(options)(request, Object.assign(response, { locals }), (error) => {
      if (error) response.statusCode = 500;
      response.end(JSON.stringify({ customer: locals.principal?.subject }));
    });
  },
  async Fastify(incoming, outgoing) {
    const request: { readonly raw: typeof incoming; principal?: Principal } = { raw: incoming };
    const reply = fastifyReply(({ status, headers, payload }) => {
      outgoing.writeHead(status, headers).end(payload);
    });
    await requireTokenInFastify(options)(request, reply);
    if (!reply.sent) reply.send(JSON.stringify({ customer: request.principal?.subject }));
  },
};

const fetchExamples = {
  Hono: createOrders(verifier),
  "Hono, of handlers": createOrdersOfHandlers(verifier),
  Worker: createWorker(verifier),
};

describe.each(Object.entries(nodeExamples))("the example for %s", (_name, listener) => {
  test("lets a good token pass", async () => {
    const answer = await ask(listener, { Authorization: `Bearer ${await accessToken()}` });

    expect(answer).toMatchObject({ status: 200, text: '{"customer":"3f0c5d6a-subject"}' });
  });

  test("challenges whoever has none", async () => {
    const answer = await ask(listener, {});

    expect(answer.status).toBe(401);
    expect(answer.challenge).toMatch(/^Bearer realm="api", DPoP algs="/);
  });

  test("refuses a token without the scope", async () => {
    const token = await accessToken({ scope: "orders/write" });

    const { status } = await ask(listener, { Authorization: `Bearer ${token}` });

    expect(status).toBe(403);
  });

  test("refuses two headers, though Node.js would show one of them only", async () => {
    const header = `Bearer ${await accessToken()}`;

    const { status } = await ask(listener, { Authorization: [header, header] });

    expect(status).toBe(400);
  });

  test("takes a token with a proof for the very path, once", async () => {
    const headers = await boundHeaders("GET", `${publicUrl}/orders/1`);

    const { status: other } = await ask(listener, headers, "/orders/2");
    const { status: taken } = await ask(listener, headers, "/orders/1?page=2");
    const { status: again } = await ask(listener, headers, "/orders/1");

    expect([other, taken, again]).toEqual([401, 200, 401]);
  });

  test("refuses two proofs, though Node.js would join them", async () => {
    const { Authorization = "", DPoP = "" } = await boundHeaders("GET", `${publicUrl}/orders`);

    const { status, challenge } = await ask(listener, { Authorization, DPoP: [DPoP, DPoP] });

    expect(status).toBe(401);
    expect(challenge).toContain('error="invalid_dpop_proof"');
  });

  test("answers a TRACE by itself", async () => {
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const { status } = await ask(listener, headers, "/orders", "TRACE");

    expect(status).toBe(405);
  });

  test("refuses a second token in the query", async () => {
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const { status } = await ask(listener, headers, "//orders?access_token=abc");

    expect(status).toBe(400);
  });
});

describe.each(Object.entries(fetchExamples))("the example for %s", (_name, { fetch }) => {
  test("lets a good token pass, and challenges whoever has none", async () => {
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const passed = await fetch(new Request("https://api.example/orders", { headers }));
    const refused = await fetch(new Request("https://api.example/orders"));

    expect(await passed.json()).toEqual({ customer: "3f0c5d6a-subject" });
    expect(refused.status).toBe(401);
  });
});

describe("the example for Hono, of handlers", () => {
  test("knows its path", async () => {
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const response = await fetchExamples["Hono, of handlers"].request("/orders/7", { headers });

    expect(await response.json()).toEqual({ order: "7", customer: "3f0c5d6a-subject" });
  });
});

describe("the example of bound tokens", () => {
  test.each([
    ["with a proof", () => boundHeaders("POST", "https://payments.example.com/payments"), 10_000],
    ["without", async () => ({ Authorization: `Bearer ${await accessToken()}` }), 50],
  ])("tells a token %s by its principal", async (_case, makeHeaders, limit) => {
    const { request } = createPayments(verifier);

    const response = await request("/payments", { method: "POST", headers: await makeHeaders() });

    expect(await response.json()).toEqual({ customer: "3f0c5d6a-subject", limit });
  });
});

describe("the example of one minute", () => {
  test("is shown as it is", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/resource-apis.md"), "utf8");
    const code = readFileSync(join(import.meta.dirname, "in-one-minute.ts"), "utf8");

    expect(page).toContain(code.replaceAll(/"\.\.\/\.\.\/src\/(\w+)\.ts"/g, '"portico/$1"'));
  });

  test("takes the token of a sign-in on the in-memory provider", async () => {
    const { app, signedIn } = startService();
    const { access_token } = await signedIn();
    const server = createServer(async ({ url = "/" }, response) => {
      response.end(await (await app.request(url)).text());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const orders = createOrdersInOneMinute(`http://127.0.0.1:${port}`);

    const passed = await orders.request("/orders", {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    const refused = await orders.request("/orders");

    expect([passed.status, refused.status]).toEqual([200, 401]);
  });
});

describe("docs/resource-apis.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/resource-apis.md"), "utf8");

  test.each([
    "verifier",
    "hono",
    "hono-handler",
    "dpop",
    "worker",
    "node-guard",
    "express",
    "fastify",
  ])("shows %s.ts as it is", (name) => {
    const code = readFileSync(join(import.meta.dirname, `${name}.ts`), "utf8");

    expect(page).toContain(code.replaceAll(/"\.\.\/\.\.\/src\/(\w+)\.ts"/g, '"portico/$1"'));
  });

  test("shows a verifier that can be made", async () => {
    await expect(documentedVerifier.verify("rubbish")).rejects.toMatchObject({
      code: "invalid_token",
    });
  });
});

describe("docs/cognito-server.md", () => {
  test("shows strict-server.ts as it is", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/cognito-server.md"), "utf8");
    const code = readFileSync(join(import.meta.dirname, "strict-server.ts"), "utf8");

    expect(page).toContain(code.replaceAll(/"\.\.\/\.\.\/src\/(\w+)\.ts"/g, '"portico/$1"'));
  });

  test("shows a pool that a user signs up in", async () => {
    const { sdk, clientId, messages, close } = await startPool();
    onTestFinished(close);
    const ada = { ClientId: clientId, Username: "ada@example.com" };

    await sdk.send(new SignUpCommand({ ...ada, Password: "Correct-Horse-7" }));
    const code = messages(ada.Username).at(-1)?.code;
    await sdk.send(new ConfirmSignUpCommand({ ...ada, ConfirmationCode: code }));
    sdk.destroy();

    expect(code).toMatch(/^\d{6}$/);
  });
});

/** The headers of a client that has a key, for one request. */
async function boundHeaders(htm: string, htu: string): Promise<Record<string, string>> {
  const { algorithm: alg, jwk, thumbprint, sign } = await createClient();
  const token = await accessToken({ cnf: { jkt: thumbprint } });
  const proof = { jti: crypto.randomUUID(), htm, htu, iat: Date.now() / 1000 };
  const header = { typ: "dpop+jwt", alg, jwk };
  return {
    Authorization: `DPoP ${token}`,
    DPoP: await sign(header, { ...proof, ath: await digest(token) }),
  };
}

interface Answer {
  readonly status: number | undefined;
  readonly challenge: string | undefined;
  readonly text: string;
}

async function ask(
  listener: RequestListener,
  headers: Readonly<Record<string, string | readonly string[]>>,
  path = "/orders",
  method = "GET",
): Promise<Answer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = send({ port, path, method, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        const { statusCode: status, headers } = response;
        resolve({ status, challenge: headers["www-authenticate"], text });
      });
    });
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    request.on("error", reject).end();
  });
}
