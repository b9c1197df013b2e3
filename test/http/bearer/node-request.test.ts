import { IncomingMessage, request as send } from "node:http";
import { type ClientSessionOptions, connect, createServer } from "node:http2";
import { type AddressInfo, Socket } from "node:net";
import express from "express";
import fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ExpressRequest, requireToken } from "../../../src/express.ts";
import { requireToken as requireTokenOfFastify } from "../../../src/fastify.ts";
import { createDpopVerifier } from "../../../src/jwt.ts";
import { createClient, digest } from "./dpop/client.ts";
import { start } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";

const verifier = tokenVerifier();
const publicUrl = "https://api.example.com";
const dpop = createDpopVerifier({ verifier, publicUrl });
const guard = requireToken({ verifier });

/** Asks with a list of values for `Authorization`, and gives the status. */
type Ask = (...values: readonly string[]) => Promise<number>;

function judged(request: ExpressRequest): Promise<number> {
  return new Promise((resolve) => {
    const response = {
      statusCode: 0,
      setHeader: () => undefined,
      end: () => resolve(response.statusCode),
    };
    guard(request, response, () => resolve(200));
  });
}

/** As `light-my-request` makes them, for `inject` and `@fastify/aws-lambda`: one text for each header. */
const injected: Ask = async (...values) => {
  const app = fastify();
  app.get("/orders", { onRequest: requireTokenOfFastify({ verifier }) }, async () => "passed");
  const headers = values.length > 0 ? { authorization: `${values}` } : {};
  return (await app.inject({ url: "/orders", headers })).statusCode;
};

/** As `serverless-http` makes them: of Node's class, with headers put on and no raw ones. */
const serverless: Ask = (...values) =>
  judged(messageWith(values.length > 0 ? { authorization: values.join(", ") } : {}));

/** With lists, as others have them that know each value. */
const listed: Ask = (...values) => judged(messageWith({ authorization: [...values] }));

const http2: Ask = async (...values) => {
  const server = createServer((request, response) =>
    guard(request, response, () => response.end()),
  );
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

const http1: Ask = async (...values) => (await askOfExpress({ Authorization: values })).status;

/**
 * @see https://github.com/ttoss/ttoss/pull/1089
 * @see https://github.com/nodejs/node/issues/64060
 * @see https://github.com/oven-sh/bun/issues/31318
 */
describe.each(Object.entries({ http1, injected, serverless, listed, http2 }))(
  "a request that is %s",
  (_kind, ask) => {
    test("passes with a good token", async () => {
      expect(await ask(`Bearer ${await accessToken()}`)).toBe(200);
    });

    test("is asked for a token where there is none", async () => {
      expect(await ask()).toBe(401);
    });

    test("is refused with two headers", async () => {
      const header = `Bearer ${await accessToken()}`;

      expect(await ask(header, header)).toBe(400);
    });
  },
);

describe("a request of Node.js", () => {
  test.each(["Bearer \u2713", "Bearer abc\u0000def"])(
    "is refused with %j, which no socket could have brought",
    async (authorization) => {
      expect(await judged(messageWith({ authorization }))).toBe(400);
    },
  );

  test("passes with a proof for the very path, below a router as well, once", async () => {
    const headers = await boundHeaders("GET", `${publicUrl}/orders/1`);

    const other = await askOfExpress(headers, "/orders/2");
    const taken = await askOfExpress(headers, "/orders/1?page=2");
    const again = await askOfExpress(headers, "/orders/1");

    expect([other, taken, again].map(({ status }) => status)).toEqual([401, 200, 401]);
  });

  test("is refused with two proofs, though Node.js would join them", async () => {
    const { Authorization = "", DPoP = "" } = await boundHeaders("GET", `${publicUrl}/orders`);

    const { status, challenge } = await askOfExpress({ Authorization, DPoP: [DPoP, DPoP] });

    expect(status).toBe(401);
    expect(challenge).toContain('error="invalid_dpop_proof"');
  });

  test.each(["//orders?access_token=abc", "http://other.example/orders?access_token=abc"])(
    "is refused with a second token in the query: %s",
    async (target) => {
      const headers = { Authorization: `Bearer ${await accessToken()}` };

      expect((await askOfExpress(headers, target)).status).toBe(400);
    },
  );
});

function messageWith(headers: Readonly<Record<string, string | readonly string[]>>) {
  const fields = { method: "GET", url: "/orders", headers };
  return Object.assign(new IncomingMessage(new Socket()), fields);
}

/** The headers of a client that has a key, for one request. */
async function boundHeaders(htm: string, htu: string): Promise<Record<string, string>> {
  const { algorithm: alg, jwk, thumbprint, sign } = await createClient();
  const token = await accessToken({ cnf: { jkt: thumbprint } });
  const proof = { jti: crypto.randomUUID(), htm, htu, iat: Date.now() / 1000 };
  return {
    Authorization: `DPoP ${token}`,
    DPoP: await sign({ typ: "dpop+jwt", alg, jwk }, { ...proof, ath: await digest(token) }),
  };
}

interface Answer {
  readonly status: number;
  readonly challenge: string | undefined;
}

/** Asks as `fetch` cannot: with a header more than once, and for any target. */
async function askOfExpress(
  headers: Readonly<Record<string, string | readonly string[]>>,
  path = "/orders",
): Promise<Answer> {
  const app = express();
  const router = express.Router();
  router.use(requireToken({ verifier, dpop }), (_request, response) => {
    response.send("passed");
  });
  app.use("/orders", router);
  app.use(router);
  const { port } = (await start(app)).address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = send({ port, path, agent: false }, (response) => {
      const { statusCode = 0, headers: received } = response.resume();
      resolve({ status: statusCode, challenge: received["www-authenticate"] });
    });
    for (const [name, value] of Object.entries(headers)) {
      if (value.length > 0) request.setHeader(name, value);
    }
    request.on("error", reject).end();
  });
}
