import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { failing, type Sent, startService, withoutKeys } from "../support.ts";

const bare = 'Bearer realm="portico"';

describe("bearer authentication", () => {
  test.each<[string, Sent]>([
    ["no header", {}],
    ["another scheme", { headers: { Authorization: "Basic YWRhOnNlY3JldA==" } }],
    ["a scheme that starts like ours", { headers: { Authorization: "BearerX abc" } }],
    ["another scheme and then ours", { headers: { Authorization: "Basic abc, Bearer abc" } }],
    ["a cookie", { headers: { Cookie: "access_token=abc" } }],
  ])("asks for a token, and finds no fault, where there is %s", async (_case, sent) => {
    const { send } = startService();

    const { status, headers, body } = await send("GET", "/v1/session", sent);

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_token");
    expect(headers.get("WWW-Authenticate")).toBe(bare);
  });

  test.each([
    ["no token", "Bearer"],
    ["two tokens", "Bearer abc def"],
    ["two tokens with a comma", "Bearer abc,def"],
    ["two headers", "Bearer abc, Bearer abc"],
    ["quotes", 'Bearer "abc"'],
    ["a tab", "Bearer\tabc"],
    ["padding within", "Bearer ab=c"],
  ])("refuses a header with %s as malformed", async (_case, Authorization) => {
    const { send } = startService();

    const { status, headers, body } = await send("GET", "/v1/session", {
      headers: { Authorization },
    });

    expect(status).toBe(400);
    expect(body.code).toBe("malformed_request");
    expect(headers.get("WWW-Authenticate")).toBe(`${bare}, error="invalid_request"`);
  });

  test.each(["bearer", "BEARER", "bEaReR"])("takes the scheme as %s", async (scheme) => {
    const { send, signedIn } = startService();
    const { access_token } = await signedIn();

    const { status } = await send("GET", "/v1/session", {
      headers: { Authorization: `${scheme} ${access_token}` },
    });

    expect(status).toBe(200);
  });

  test("refuses a good token that is sent in the query as well", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("GET", `/v1/session?access_token=${token}`, { token });

    expect(status).toBe(400);
    expect(body.code).toBe("malformed_request");
  });

  test("does not look for a token in the query", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, headers } = await send("GET", `/v1/session?access_token=${token}`);

    expect(status).toBe(401);
    expect(headers.get("WWW-Authenticate")).toBe(bare);
  });

  test.each([
    ["POST", "/v1/sign-out/everywhere"],
    ["POST", "/v1/password/change"],
    ["DELETE", "/v1/me"],
  ])("refuses a token in a form: %s %s", async (method, path) => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();
    const rawBody = new URLSearchParams({ access_token: token });

    const twice = await send(method, path, { token, rawBody });
    const alone = await send(method, path, { rawBody });

    expect([twice.status, twice.body.code]).toEqual([400, "malformed_request"]);
    expect([alone.status, alone.body.code]).toEqual([401, "invalid_token"]);
    expect((await send("GET", "/v1/me", { token })).status).toBe(200);
  });

  test("refuses a form that is too long to be read", async () => {
    const { send, signedIn } = startService({ bodyLimitBytes: 2048 });
    const { access_token: token } = await signedIn();
    const rawBody = new URLSearchParams({ filler: "x".repeat(2048) });

    const { status } = await send("POST", "/v1/sign-out/everywhere", { token, rawBody });

    expect(status).toBe(400);
  });

  test("refuses garbage, and names the reason and nothing of the token", async () => {
    const { send } = startService();

    const { status, headers, text, body } = await send("GET", "/v1/session", {
      token: "gar.ba.ge",
    });

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_token");
    expect(headers.get("WWW-Authenticate")).toBe(
      `${bare}, error="invalid_token", error_description="malformed"`,
    );
    expect(text).not.toContain("gar.ba.ge");
  });

  test("refuses an ID token", async () => {
    const { send, signedIn } = startService();
    const { id_token: token } = await signedIn();

    const { status, body } = await send("GET", "/v1/session", { token });

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_token");
  });

  test("says that a token has expired", async () => {
    let now = Date.now();
    const { send, signedIn } = startService({ provider: { clock: { now: () => now } } });
    const { access_token: token } = await signedIn();
    now += 2 * 3600 * 1000;

    const { status, headers, body } = await send("GET", "/v1/session", { token });

    expect(status).toBe(401);
    expect(body.code).toBe("token_expired");
    expect(headers.get("WWW-Authenticate")).toBe(
      `${bare}, error="invalid_token", error_description="expired"`,
    );
  });

  test("does not turn keys that cannot be had into an answer about the token", async () => {
    const { send, signedIn } = startService({ ports: withoutKeys });
    const { access_token: token } = await signedIn();

    const { status, headers, body } = await send("GET", "/v1/session", { token });

    expect(status).toBe(503);
    expect(body.code).toBe("keys_unavailable");
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(headers.has("WWW-Authenticate")).toBe(false);
  });

  test("names the realm that it is told", async () => {
    const { send } = startService({ realm: "accounts" });

    const { headers } = await send("GET", "/v1/session");

    expect(headers.get("WWW-Authenticate")).toBe('Bearer realm="accounts"');
  });

  test("records a token that was refused, and not one that is missing", async () => {
    const { send, events } = startService();
    await send("GET", "/v1/session");

    await send("GET", "/v1/session", { token: "gar.ba.ge" });

    expect(events).toEqual([
      expect.objectContaining({
        type: "token_rejection",
        code: "invalid_token",
        rejection: "malformed",
      }),
    ]);
  });

  test("takes a scheme that starts like ours for another where the token is optional", async () => {
    const { send, signedIn } = startService();
    const { refresh_token } = await signedIn();

    const { status } = await send("POST", "/v1/sign-out", {
      body: { refresh_token },
      headers: { Authorization: "Bearer-Like abc" },
    });

    expect(status).toBe(204);
  });

  test("says that a token does not allow what the provider refuses it for", async () => {
    const error = new IdentityError("insufficient_scope");
    const { send, signedIn } = startService({ ports: failing("getProfile", error) });
    const { access_token: token } = await signedIn();

    const { status, headers, body } = await send("GET", "/v1/me", { token });

    expect(status).toBe(403);
    expect(body.code).toBe("insufficient_scope");
    expect(headers.get("WWW-Authenticate")).toBe(`${bare}, error="insufficient_scope"`);
  });
});
