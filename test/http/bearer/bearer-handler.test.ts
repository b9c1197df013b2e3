import { runInNewContext } from "node:vm";
import { Hono } from "hono";
import { hc } from "hono/client";
import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { type BearerContext, bearerAuth } from "../../../src/hono.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";

interface AppEnv {
  readonly Bindings: { readonly region: string };
}

const showOrder = (c: BearerContext<"/orders/:id", AppEnv>) =>
  c.json({ id: c.req.param("id"), region: c.env.region, customer: c.var.principal.subject });

/** Asks an application, with as much of a promise as it answers with. */
function ask(app: Hono, authorization?: string): Response | Promise<Response> {
  const headers = new Headers(authorization === undefined ? {} : { Authorization: authorization });
  return app.fetch(new Request("https://api.example/orders", { headers }));
}

describe("bearerAuth of a handler", () => {
  test("answers without a promise where the handler does and the token was seen before", async () => {
    const app = new Hono().get(
      "/orders",
      bearerAuth({ verifier: tokenVerifier() }, (c) => c.text(c.var.principal.subject)),
    );
    const authorization = `Bearer ${await accessToken()}`;
    for (let times = 0; times < 2; times += 1) await ask(app, authorization);

    const answer = ask(app, authorization);

    expect(answer).toBeInstanceOf(Response);
    expect(await (await answer).text()).toBe("3f0c5d6a-subject");
  });

  test("lets a handler know its path and its environment, and a client the answer", async () => {
    const app = new Hono<AppEnv>().get(
      "/orders/:id",
      bearerAuth({ verifier: tokenVerifier() }, showOrder),
    );
    const client = hc<typeof app>("https://api.example", {
      fetch: async (url: string | URL | Request, init?: RequestInit) =>
        app.request(`${url}`, init, { region: "eu" }),
      headers: { Authorization: `Bearer ${await accessToken()}` },
    });

    const answer = await client.orders[":id"].$get({ param: { id: "7" } });
    const { id, region, customer } = await answer.json();

    expect([id, region, customer]).toEqual(["7", "eu", "3f0c5d6a-subject"]);
  });

  test("lets a handler leave the answer to the next", async () => {
    const app = new Hono().get(
      "/orders",
      bearerAuth({ verifier: tokenVerifier() }, (_c, next) => next()),
      (c) => c.text("the next"),
    );

    const good = await ask(app, `Bearer ${await accessToken()}`);
    const none = await ask(app);

    expect([good.status, await good.text()]).toEqual([200, "the next"]);
    expect(none.status).toBe(401);
  });

  test.each([
    ["at once", () => fail()],
    ["later", async () => fail()],
  ])("leaves what a handler throws %s to the application", async (_when, handler) => {
    const app = new Hono();
    app.onError((error, c) => c.text(error.message, 500));
    app.get("/orders", bearerAuth({ verifier: tokenVerifier() }, handler));
    const authorization = `Bearer ${await accessToken()}`;

    for (let times = 0; times < 3; times += 1) {
      const answer = await ask(app, authorization);
      expect([answer.status, await answer.text()]).toEqual([500, "the handler's"]);
    }
  });

  test("takes no promise for a principal, whosever it is", async () => {
    const reject = runInNewContext("(error) => Promise.reject(error)");
    const verifier = { verify: () => reject(new IdentityError("token_expired")) };
    const app = new Hono().get(
      "/orders",
      bearerAuth({ verifier }, (c) => c.text("anyone")),
    );

    const answer = await ask(app, "Bearer abc");

    expect(answer.status).toBe(401);
  });
});

function fail(): never {
  throw new Error("the handler's");
}
