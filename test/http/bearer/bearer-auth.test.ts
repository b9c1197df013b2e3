import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { bearerAuth } from "../../../src/hono.ts";
import { type BearerOptions, createBearerGuard } from "../../../src/jwt.ts";
import type { TokenVerifier } from "../../../src/ports/index.ts";
import { frameworkApis } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";
import { protectedApis } from "./protected-apis.ts";

const bare = 'Bearer realm="api"';
const uuid = "0b3c0f5e-6d0a-4a63-8a3b-3c0d5a1f9e11";
const url = "https://api.example/orders";

const apis = { ...protectedApis, ...frameworkApis };

describe.each(Object.entries(apis))("%s", (_name, createApi) => {
  async function ask(
    authorization: string | undefined,
    options: Partial<BearerOptions> = {},
    init: RequestInit & { readonly url?: string } = {},
  ) {
    const headers = new Headers(init.headers);
    if (authorization !== undefined) headers.set("Authorization", authorization);
    const api = createApi({ verifier: tokenVerifier(), ...options });
    const response = await api(new Request(init.url ?? url, { ...init, headers }));
    const text = await response.text();
    const challenge = response.headers.get("WWW-Authenticate");
    const problem = response.ok ? {} : JSON.parse(text);
    return { response, status: response.status, text, challenge, problem };
  }

  test.each(["Bearer", "bearer", "BEARER", "Bearer  "])(
    "lets a good token pass as %j",
    async (scheme) => {
      const { status, text } = await ask(`${scheme} ${await accessToken()}`);

      expect([status, text]).toEqual([200, "3f0c5d6a-subject"]);
    },
  );

  test("lets a token pass each time, and not only the first", async () => {
    const verifier = tokenVerifier();
    const authorization = `Bearer ${await accessToken()}`;

    const answers = [
      await ask(authorization, { verifier }),
      await ask(authorization, { verifier }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  test.each([
    ["nothing", undefined],
    ["another scheme", "Basic YWRhOnNlY3JldA=="],
    ["a scheme that starts like ours", "BearerX abc"],
    ["another scheme and then ours", "Basic abc, Bearer abc"],
  ])("asks for a token, and finds no fault, where there is %s", async (_case, authorization) => {
    const { status, problem, challenge } = await ask(authorization);

    expect([status, problem.code, challenge]).toEqual([401, "invalid_token", bare]);
  });

  test.each([
    ["no token", "Bearer"],
    ["two tokens", "Bearer abc def"],
    ["two headers", "Bearer abc, Bearer abc"],
    ["a token and a parameter", 'Bearer abc, x="y"'],
    ["quotes", 'Bearer "abc"'],
    ["a tab", "Bearer\tabc"],
    ["padding within", "Bearer ab=c"],
    ["another case and two tokens", "BEARER abc def"],
  ])("refuses a header with %s as malformed", async (_case, authorization) => {
    const { status, problem, challenge } = await ask(authorization);

    expect([status, problem.code]).toEqual([400, "malformed_request"]);
    expect(challenge).toBe(`${bare}, error="invalid_request"`);
  });

  test("refuses two headers with the same good token", async () => {
    const token = await accessToken();

    const { status } = await ask(`Bearer ${token}, Bearer ${token}`);

    expect(status).toBe(400);
  });

  test.each([
    ["rubbish", "malformed", "invalid_token", async () => "gar.ba.ge"],
    ["an expired token", "expired", "token_expired", () => accessToken({ exp: 1_799_999_990 })],
    [
      "another issuer's token",
      "wrong_issuer",
      "invalid_token",
      () => accessToken({ iss: "https://other.example" }),
    ],
    ["an ID token", "wrong_use", "invalid_token", () => accessToken({ token_use: "id" })],
    [
      "a token that is bound to a key",
      "wrong_use",
      "invalid_token",
      () => accessToken({ cnf: { jkt: "abc" } }),
    ],
  ])("refuses %s as %s, and shows nothing of it", async (_case, rejection, code, sent) => {
    const token = await sent();

    const { status, problem, challenge, text } = await ask(`Bearer ${token}`);

    expect([status, problem.code]).toEqual([401, code]);
    expect(challenge).toBe(`${bare}, error="invalid_token", error_description="${rejection}"`);
    expect(text).not.toContain(token);
  });

  test("refuses a token without one of the scopes, and names all that are needed", async () => {
    const scopes = ["orders/read", "orders/write"];

    const { status, problem, challenge } = await ask(`Bearer ${await accessToken()}`, { scopes });

    expect([status, problem.code]).toEqual([403, "insufficient_scope"]);
    expect(challenge).toBe(`${bare}, error="insufficient_scope", scope="orders/read orders/write"`);
  });

  test.each([
    [["orders/read"], undefined, 200],
    [["orders/read"], ["admins"], 200],
    [undefined, ["editors", "readers"], 200],
    [undefined, ["editors"], 403],
    [["orders/write"], ["admins"], 403],
  ])("for scopes %j and groups %j answers %i", async (scopes, groups, expected) => {
    const options = { ...(scopes && { scopes }), ...(groups && { groups }) };

    const usual = await ask(`Bearer ${await accessToken()}`, options);
    const unusual = await ask(`bearer ${await accessToken()}`, options);

    expect([usual.status, unusual.status]).toEqual([expected, expected]);
  });

  test.each([
    [["orders/write", "orders/read"], undefined, 200],
    [["orders/write", "orders/admin"], undefined, 403],
    [["orders/read"], ["orders/write"], 403],
  ])("for any of the scopes %j, and all of %j, answers %i", async (anyScope, scopes, expected) => {
    const wanted = { anyScope, ...(scopes && { scopes }) };

    const { status } = await ask(`Bearer ${await accessToken()}`, wanted);

    expect(status).toBe(expected);
  });

  test("names the first of several scopes that would do, and all that are needed besides", async () => {
    const wanted = { scopes: ["orders/read"], anyScope: ["orders/write", "orders/admin"] };

    const { challenge } = await ask(`Bearer ${await accessToken()}`, wanted);

    expect(challenge).toBe(`${bare}, error="insufficient_scope", scope="orders/read orders/write"`);
  });

  test("lets no program pass for a group", async () => {
    const program = {
      username: undefined,
      "cognito:groups": undefined,
      origin_jti: undefined,
      sub: "client-1",
    };
    const authorization = `Bearer ${await accessToken(program)}`;

    const anyone = await ask(authorization);
    const member = await ask(authorization, { groups: ["admins"] });

    expect([anyone.status, member.status]).toEqual([200, 403]);
  });

  test.each([
    ["in the query as well", { url: `${url}?access_token=abc` }],
    ["in the query as well, spelt otherwise", { url: `${url}?access%5Ftoken=abc` }],
    ["in a form as well", { method: "POST", body: new URLSearchParams({ access_token: "abc" }) }],
  ])("refuses a good token that is sent %s", async (_case, init) => {
    const { status, problem } = await ask(`Bearer ${await accessToken()}`, {}, init);

    expect([status, problem.code]).toEqual([400, "malformed_request"]);
  });

  test("takes a good token along with a query, or a form, that holds none", async () => {
    const authorization = `Bearer ${await accessToken()}`;
    const form = { method: "POST", body: new URLSearchParams({ quantity: "2" }) };

    const query = await ask(authorization, {}, { url: `${url}?page=2` });
    const posted = await ask(authorization, {}, form);

    expect([query.status, posted.status]).toEqual([200, 200]);
  });

  test("takes no token from the query, a form or a cookie", async () => {
    const token = await accessToken();
    const places = [
      { url: `${url}?access_token=${token}` },
      { method: "POST", body: new URLSearchParams({ access_token: token }) },
      { headers: { Cookie: `access_token=${token}` } },
    ];

    const answers = await Promise.all(places.map((place) => ask(undefined, {}, place)));

    expect(answers.map(({ status, challenge }) => [status, challenge])).toEqual(
      places.map(() => [401, bare]),
    );
  });

  test.each(["HEAD", "OPTIONS", "POST"])("asks for a token with %s too", async (method) => {
    const api = createApi({ verifier: tokenVerifier() });

    const { status } = await api(new Request(url, { method }));

    expect(status).toBe(401);
  });

  test("answers 503 where the keys cannot be had, with nothing said of the token", async () => {
    const verifier = refusing(new IdentityError("keys_unavailable", { retryAfterSeconds: 7 }));

    const { response, status, problem, challenge } = await ask("Bearer abc", { verifier });

    expect([status, problem.code, challenge]).toEqual([503, "keys_unavailable", null]);
    expect(response.headers.get("Retry-After")).toBe("7");
  });

  test.each([
    ["a token that is none", "Bearer abc"],
    ["one under another spelling of the scheme", "bearer abc"],
    ["a request without a token", undefined],
  ])("answers %s with a problem document that nobody keeps", async (_what, authorization) => {
    const headers = { "X-Request-Id": uuid };

    const { response, problem } = await ask(
      authorization,
      { verifier: tokenVerifier() },
      { headers },
    );

    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(problem).toMatchObject({ status: response.status, instance: `urn:uuid:${uuid}` });
    expect(URL.canParse(problem.type)).toBe(true);
  });

  test("names the realm and the metadata of the resource in each challenge", async () => {
    const resourceMetadata = "https://api.example/.well-known/oauth-protected-resource";
    const options = { realm: "orders", resourceMetadata, scopes: ["orders/write"] };

    const answers = [
      await ask(undefined, options),
      await ask("Bearer a b", options),
      await ask("Bearer a.b.c", options),
      await ask(`Bearer ${await accessToken()}`, options),
    ];

    const prefix = `Bearer realm="orders", resource_metadata="${resourceMetadata}"`;
    expect(answers.map(({ status }) => status)).toEqual([401, 400, 401, 403]);
    expect(answers.filter(({ challenge }) => !challenge?.startsWith(prefix))).toEqual([]);
  });

  test("tells why a token was refused to whoever counts", async () => {
    const told: string[] = [];
    const onRefusal = ({ code, rejection }: IdentityError) => told.push(`${code} ${rejection}`);

    await ask("Bearer a.b.c", { onRefusal });
    await ask(undefined, { onRefusal });

    expect(told).toEqual(["invalid_token malformed", "invalid_token undefined"]);
  });
});

/** Where a parser was before, the longest form is the longest that it takes. */
const searching = Object.entries(apis).filter(([name]) => !name.endsWith("after a parser"));

test.each(searching)("%s refuses a form that is too long to be searched", async (_name, create) => {
  const api = create({ verifier: tokenVerifier(), formLimitBytes: 100 });
  const headers = { Authorization: `Bearer ${await accessToken()}` };
  const post = (body: BodyInit) => api(new Request(url, { method: "POST", headers, body }));

  const short = await post(new URLSearchParams({ filler: "x".repeat(93) }));
  const long = await post(new URLSearchParams({ filler: "x".repeat(94) }));

  expect([short.status, long.status]).toEqual([200, 400]);
});

describe("bearerAuth", () => {
  test("leaves the form to whom it is for", async () => {
    const app = new Hono();
    app.post("/orders", bearerAuth({ verifier: tokenVerifier() }), async (c) =>
      c.text(await c.req.raw.text()),
    );

    const response = await app.request("/orders", {
      method: "POST",
      headers: { Authorization: `Bearer ${await accessToken()}` },
      body: new URLSearchParams({ quantity: "2" }),
    });

    expect(await response.text()).toBe("quantity=2");
  });

  test.each(["Bearer abc", "bearer abc"])(
    "leaves what is no refusal to the application: %s",
    async (authorization) => {
      const app = new Hono();
      app.onError((error, c) => c.text(error.message, 500));
      app.get("/orders", bearerAuth({ verifier: refusing(new RangeError("a fault")) }));

      const response = await app.request("/orders", { headers: { Authorization: authorization } });

      expect([response.status, await response.text()]).toEqual([500, "a fault"]);
    },
  );

  test("answers no fault of a handler as one of the token", async () => {
    const app = new Hono();
    app.onError((_error, c) => c.text("the handler's", 500));
    app.get("/orders", bearerAuth({ verifier: tokenVerifier() }), () => {
      throw new IdentityError("invalid_token");
    });

    const response = await app.request("/orders", {
      headers: { Authorization: `Bearer ${await accessToken()}` },
    });

    expect([response.status, await response.text()]).toEqual([500, "the handler's"]);
  });
});

describe("options of bearerAuth and createBearerGuard", () => {
  const verifier = tokenVerifier();

  test.each<[string, BearerOptions]>([
    ["a realm with a quote", { verifier, realm: 'a"b' }],
    ["a realm with a line break", { verifier, realm: "a\nb" }],
    ["a scope with a space", { verifier, scopes: ["orders read"] }],
    ["an empty scope", { verifier, scopes: [""] }],
    ["groups without one", { verifier, groups: [] }],
    ["scopes to choose from without one", { verifier, anyScope: [] }],
    ["a scope to choose with a space", { verifier, anyScope: ["orders read"] }],
    ["an address that is none", { verifier, resourceMetadata: "nowhere" }],
  ])("refuse %s", (_case, options) => {
    expect(() => bearerAuth(options)).toThrow(TypeError);
    expect(() => bearerAuth(options, (c) => c.body(null))).toThrow(TypeError);
    expect(() => createBearerGuard(options)).toThrow(TypeError);
  });
});

function refusing(error: unknown): TokenVerifier {
  return { verify: () => Promise.reject(error) };
}
