import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import express from "express";
import { describe, expect, expectTypeOf, onTestFinished, test } from "vitest";
import type { Principal } from "../../../src/domain/principal.ts";
import { requireToken } from "../../../src/express.ts";
import { served } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";

const verifier = tokenVerifier();
const url = "https://api.example/orders";

describe("requireToken of Express", () => {
  test("lets an application know who asks, with the types of its own routes", async () => {
    const app = express();
    app.get("/orders/:id", requireToken({ verifier }), (request, response) => {
      expectTypeOf(request.principal).toEqualTypeOf<Principal | undefined>();
      expectTypeOf(request.params.id).toEqualTypeOf<string>();
      response.json({ id: request.params.id, customer: request.principal?.subject });
    });
    const headers = { Authorization: `Bearer ${await accessToken()}` };

    const answer = await served(app)(new Request(`${url}/7`, { headers }));

    expect(await answer.json()).toEqual({ id: "7", customer: "3f0c5d6a-subject" });
  });

  test("keeps the headers that others set before it", async () => {
    const app = express();
    app.use((_request, response, next) => {
      response.set("Access-Control-Allow-Origin", "https://app.example.com");
      next();
    }, requireToken({ verifier }));

    const { headers } = await served(app)(new Request(url));

    expect(headers.get("Access-Control-Allow-Origin")).toBe("https://app.example.com");
    expect(headers.get("Content-Type")).toBe("application/problem+json");
  });

  test("leaves a form as it was to the parser after it", async () => {
    const app = express();
    app.post(
      "/orders",
      requireToken({ verifier }),
      express.urlencoded({ limit: "1mb" }),
      (request, response) => {
        response.json(request.body);
      },
    );
    const headers = { Authorization: `Bearer ${await accessToken()}` };
    const note = "é".repeat(9000);
    const body = new URLSearchParams({ note });

    const answer = await served(app)(new Request(url, { method: "POST", headers, body }));

    expect(await answer.json()).toEqual({ note });
  });

  test("waits for a form that comes in parts, and refuses one that breaks off", async () => {
    const passed: string[] = [];
    const refusals: string[] = [];
    const guard = requireToken({ verifier, onRefusal: ({ code }) => refusals.push(code) });
    const server = createServer((request, response) =>
      guard(request, response, async () => {
        for await (const chunk of request) passed.push(String(chunk));
        response.end();
      }),
    ).listen(0, "127.0.0.1");
    onTestFinished(() => {
      server.close();
    });
    await once(server, "listening");
    const head = [
      "POST /orders HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/x-www-form-urlencoded",
      `Authorization: Bearer ${await accessToken()}`,
      "Transfer-Encoding: chunked",
      "\r\n",
    ].join("\r\n");
    const post = async (...parts: readonly string[]) => {
      const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
      for (const part of [head, ...parts]) {
        socket.write(part);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      return socket;
    };

    const whole = await post("3\r\na=1\r\n", "4\r\n&b=2\r\n", "0\r\n\r\n");
    await once(whole, "data");
    whole.destroy();
    const broken = await post("3\r\na=1\r\n");
    broken.destroy();

    await expect.poll(() => refusals).toEqual(["malformed_request"]);
    expect(passed.join("")).toBe("a=1&b=2");
  });
});
