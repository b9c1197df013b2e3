import express from "express";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Principal } from "../../../src/domain/principal.ts";
import {
  principalOf,
  type RequireTokenOptions,
  requireToken as requireTokenOfExpress,
} from "../../../src/express.ts";
import { requireToken as requireTokenOfFastify } from "../../../src/fastify.ts";
import { createDpopVerifier } from "../../../src/jwt.ts";
import { served } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";
import type { Api } from "./protected-apis.ts";

const url = "https://api.example/orders";
const verifier = tokenVerifier();

/** The answers of an application's own error handler, which says what it was given. */
const apis: Readonly<Record<string, (options: RequireTokenOptions, handle?: () => void) => Api>> = {
  Express(options, handle = () => undefined) {
    const app = express();
    const catching: express.ErrorRequestHandler = (error, _request, response, _next) => {
      response.send({ handled: error.code ?? error.message });
    };
    app.use(requireTokenOfExpress(options), (_request, response) => {
      handle();
      response.send("passed");
    });
    return served(app.use(catching));
  },
  Fastify(options, handle = () => undefined) {
    const app = fastify();
    app.setErrorHandler<Error & { code?: string }>((error, _request, reply) =>
      reply.send({ handled: error.code ?? error.message }),
    );
    app.get("/orders", { onRequest: requireTokenOfFastify(options) }, async () => {
      handle();
      return "passed";
    });
    return served(async (request, response) => {
      await app.ready();
      app.routing(request, response);
    });
  },
};

describe.each(Object.entries(apis))("the gate of %s", (_name, createApi) => {
  const ask = async (api: Api, authorization?: string) => {
    const headers = new Headers(authorization ? { Authorization: authorization } : {});
    const response = await api(new Request(url, { headers }));
    const text = await response.text();
    return { response, status: response.status, body: text.startsWith("{") && JSON.parse(text) };
  };

  test("answers by itself, past the application's error handler", async () => {
    const { status, body } = await ask(createApi({ verifier }));

    expect([status, body.code, body.handled]).toEqual([401, "invalid_token", undefined]);
  });

  test("leaves the answer to the application's error handler, if asked to", async () => {
    const scopes = ["orders/write"];
    const api = createApi({ verifier, scopes, useErrorHandler: true });

    const none = await ask(api);
    const unusual = await ask(api, "bearer abc");
    const warm = [];
    for (let times = 0; times < 3; times += 1) {
      warm.push(await ask(api, `Bearer ${await accessToken()}`));
    }

    expect([none.status, none.body]).toEqual([401, { handled: "invalid_token" }]);
    expect([unusual.status, unusual.body]).toEqual([401, { handled: "invalid_token" }]);
    expect(warm.map(({ status, body }) => [status, body.handled])).toEqual(
      warm.map(() => [403, "insufficient_scope"]),
    );
    const { headers } = none.response;
    expect(headers.get("WWW-Authenticate")).toBe('Bearer realm="api"');
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  });

  test("hands out a nonce with what others answer", async () => {
    const nonces = { secret: "x".repeat(32) };
    const dpop = createDpopVerifier({ verifier, publicUrl: "https://api.example", nonces });

    const { response } = await ask(
      createApi({ verifier, dpop, useErrorHandler: true }),
      "DPoP abc.def.ghi",
    );

    expect(response.headers.get("DPoP-Nonce")).toMatch(/./);
  });

  test.each(["Bearer abc", "bearer abc"])(
    "leaves what is no refusal to the application, once: %s",
    async (authorization) => {
      const failing = { verify: () => Promise.reject(new RangeError("a fault")) };

      const { body } = await ask(createApi({ verifier: failing }), authorization);

      expect(body).toEqual({ handled: "a fault" });
    },
  );

  test("answers no fault of a handler as one of the token", async () => {
    const api = createApi({ verifier }, () => {
      throw new IdentityError("invalid_token");
    });

    for (const scheme of ["Bearer", "bearer", "Bearer"]) {
      const { body } = await ask(api, `${scheme} ${await accessToken()}`);
      expect(body).toEqual({ handled: "invalid_token" });
    }
  });

  test.each<[string, Partial<RequireTokenOptions>]>([
    ["a realm with a quote", { realm: 'a"b' }],
    ["groups without one", { groups: [] }],
    ["a sign-in of no age", { maxAge: 0 }],
  ])("takes no options with %s", (_case, options) => {
    expect(() => createApi({ verifier, ...options } as RequireTokenOptions)).toThrow(TypeError);
  });
});

describe("principalOf", () => {
  test("gives no principal of a request that nobody judged", () => {
    expect(() => principalOf({})).toThrow(TypeError);
  });

  test("gives the principal of a request that was let in", () => {
    const principal = { kind: "user", subject: "ada" } as Principal;

    expect(principalOf({ principal })).toBe(principal);
  });
});
