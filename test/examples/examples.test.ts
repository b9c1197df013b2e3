import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ConfirmSignUpCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient, digest } from "../http/bearer/dpop/client.ts";
import { served } from "../http/bearer/framework-apis.ts";
import { accessToken, tokenVerifier } from "../http/bearer/protected-api.ts";
import { startService } from "../http/support.ts";
import { createPayments } from "./dpop.ts";
import { createOrders as createOrdersOfExpress } from "./express.ts";
import { createOrders as createOrdersOfFastify } from "./fastify.ts";
import { createOrders } from "./hono.ts";
import { createOrders as createOrdersOfHandlers } from "./hono-handler.ts";
import { createOrders as createOrdersInOneMinute } from "./in-one-minute.ts";
import { createOrders as createOrdersOfNode } from "./node-http.ts";
import { startPool } from "./strict-server.ts";
import { verifier as documentedVerifier } from "./verifier.ts";
import { createWorker } from "./worker.ts";

const verifier = tokenVerifier();

/** The listener over node:http in each. */
const nodeExamples: Readonly<Record<string, RequestListener>> = {
  Express: createOrdersOfExpress(verifier),
  async Fastify(request, response) {
    const app = createOrdersOfFastify(verifier);
    await app.ready();
    app.routing(request, response);
  },
  "node:http": (request, response) => {
    createOrdersOfNode(verifier).emit("request", request, response);
  },
};

const fetchExamples = {
  Hono: createOrders(verifier),
  "Hono, of handlers": createOrdersOfHandlers(verifier),
  Worker: createWorker(verifier),
};

describe.each(Object.entries(nodeExamples))("the example for %s", (_name, listener) => {
  test("lets a good token pass, and challenges whoever has none", async () => {
    const api = served(listener);
    const url = "https://api.example/orders/7";
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const passed = await api(new Request(url, { headers }));
    const refused = await api(new Request(url));

    expect(await passed.json()).toMatchObject({ customer: "3f0c5d6a-subject" });
    expect([refused.status, refused.headers.get("WWW-Authenticate")]).toEqual([
      401,
      'Bearer realm="api"',
    ]);
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
    "express",
    "fastify",
    "node-http",
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
