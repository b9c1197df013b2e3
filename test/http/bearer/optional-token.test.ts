import { Hono } from "hono";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Principal } from "../../../src/domain/principal.ts";
import { bearerAuth } from "../../../src/hono.ts";
import { createBearerGuard, type OptionalBearerOptions } from "../../../src/jwt.ts";
import { frameworkApis } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";

const url = "https://api.example/orders";
const options: OptionalBearerOptions = { verifier: tokenVerifier(), optional: true };
const guard = createBearerGuard(options);

const apis = {
  ...Object.fromEntries(
    Object.entries(frameworkApis).map(([name, create]) => [
      name,
      // One server for each request, as a test ends with its own.
      (request: Request) => create(options)(request),
    ]),
  ),
  bearerAuth: new Hono().all("*", bearerAuth(options), (c) =>
    c.text(c.var.principal?.subject ?? "nobody"),
  ).fetch,
  "bearerAuth of a handler": new Hono().all(
    "*",
    bearerAuth(options, (c) => c.text(c.var.principal?.subject ?? "nobody")),
  ).fetch,
  async createBearerGuard(request: Request) {
    const outcome = await guard(request);
    return outcome instanceof Response ? outcome : new Response(outcome?.subject ?? "nobody");
  },
};

describe.each(Object.entries(apis))("%s with an optional token", (_name, api) => {
  const ask = (init: RequestInit = {}, to = url) => api(new Request(to, init));

  test.each(["GET", "POST", "OPTIONS"])("lets %s pass without one, for nobody", async (method) => {
    const response = await ask({ method });

    expect([response.status, await response.text()]).toEqual([200, "nobody"]);
  });

  test("knows whom a good token speaks for", async () => {
    const response = await ask({ headers: { Authorization: `Bearer ${await accessToken()}` } });

    expect(await response.text()).toBe("3f0c5d6a-subject");
  });

  test.each([
    ["that is not good", "Bearer gar.ba.ge", 401],
    ["that is none", "Bearer", 400],
    ["twice", "Bearer abc, Bearer abc", 400],
    ["of another scheme", "Basic YWRhOnNlY3JldA==", 401],
    ["that need a proof", "DPoP abc", 401],
    ["that are empty", "", 401],
  ])("refuses credentials %s", async (_case, Authorization, status) => {
    const response = await ask({ headers: { Authorization } });

    expect(response.status).toBe(status);
  });

  test("refuses a token where none is taken", async () => {
    const body = new URLSearchParams({ access_token: "abc" });

    const query = await ask({}, `${url}?access_token=abc`);
    const form = await ask({ method: "POST", body });

    expect([query.status, form.status]).toEqual([401, 401]);
  });
});

test("a token that is optional still has to have the scopes", async () => {
  const strict = createBearerGuard({ ...options, scopes: ["orders/write"] });
  const headers = { Authorization: `Bearer ${await accessToken()}` };

  expect(await strict(new Request(url, { headers }))).toMatchObject({ status: 403 });
  expect(await strict(new Request(url))).toBeUndefined();
});

test("only an optional token leaves the principal open, to TypeScript", () => {
  const verifier = tokenVerifier();

  bearerAuth({ verifier }, (c) => {
    expectTypeOf(c.var.principal).toEqualTypeOf<Principal>();
    return c.body(null);
  });
  bearerAuth({ verifier, optional: true }, (c) => {
    expectTypeOf(c.var.principal).toEqualTypeOf<Principal | undefined>();
    return c.body(null);
  });
  new Hono().get("/", bearerAuth({ verifier, optional: true }), (c) => {
    expectTypeOf(c.var.principal).toEqualTypeOf<Principal | undefined>();
    return c.body(null);
  });
  expectTypeOf(createBearerGuard({ verifier })).returns.resolves.toEqualTypeOf<
    Principal | Response
  >();
  expectTypeOf(createBearerGuard({ verifier, optional: true })).returns.resolves.toEqualTypeOf<
    Principal | Response | undefined
  >();
});
