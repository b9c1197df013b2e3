import { describe, expect, test } from "vitest";
import { startService, type TestServiceOptions, withoutKeys } from "../support.ts";

const client = { id: "orders-api", secret: "s".repeat(32) };
const basic = (id: string, secret: string) => `Basic ${btoa(`${id}:${secret}`)}`;
const authorized = basic(client.id, client.secret);

function start(options: TestServiceOptions = {}) {
  const service = startService({ introspectionClient: client, ...options });
  const introspect = (form: Readonly<Record<string, string>>, Authorization = authorized) =>
    service.send("POST", "/v1/introspect", {
      rawBody: new URLSearchParams(form),
      headers: { Authorization },
    });
  return { ...service, introspect };
}

describe("POST /v1/introspect", () => {
  test("takes each of its client's secrets while one takes the place of another", async () => {
    const secret = ["n".repeat(32), client.secret];
    const { signedIn, introspect } = start({ introspectionClient: { id: client.id, secret } });
    const { access_token: token } = await signedIn();

    for (const one of secret) {
      expect((await introspect({ token }, basic(client.id, one))).body.active).toBe(true);
    }
    for (const other of ["o".repeat(32), secret.join(","), ""]) {
      expect((await introspect({ token }, basic(client.id, other))).status).toBe(401);
    }
  });

  test("says whom a good token speaks for, to nobody's keeping", async () => {
    const { signedIn, introspect } = start();
    const { access_token: token } = await signedIn();

    const { status, body, headers } = await introspect({ token, token_type_hint: "access_token" });

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(body).toMatchObject({
      active: true,
      token_type: "Bearer",
      scope: "aws.cognito.signin.user.admin",
      sub: expect.any(String),
      iss: expect.any(String),
      client_id: expect.any(String),
      username: expect.any(String),
      exp: expect.any(Number),
    });
    expect(body).not.toHaveProperty("kind");
  });

  test("says that a token is not active and nothing else, whatever is wrong with it", async () => {
    let now = Date.now();
    const { signedIn, introspect } = start({ provider: { clock: { now: () => now } } });
    const { access_token, id_token, refresh_token } = await signedIn();
    const bad = ["", "gar.ba.ge", id_token, refresh_token, `${access_token}x`, "x".repeat(20_000)];

    const answers = await Promise.all(bad.map((token) => introspect({ token })));
    now += 2 * 3600 * 1000;
    const expired = await introspect({ token: access_token });

    for (const { status, text, headers } of [...answers, expired]) {
      expect([status, text]).toEqual([200, '{"active":false}']);
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
  });

  test.each([
    ["nothing", undefined],
    ["no client", "Basic"],
    ["another client", basic("other", client.secret)],
    ["another secret", basic(client.id, "t".repeat(32))],
    ["the beginning of the secret", basic(client.id, "s".repeat(31))],
    ["a secret that goes on", basic(client.id, "s".repeat(33))],
    ["no Base64", "Basic ===="],
    ["what is not padded", "Basic a"],
    ["two headers", `${authorized}, ${authorized}`],
    ["an access token", "Bearer abc"],
  ])("asks a caller who shows %s for its credentials", async (_case, Authorization) => {
    const { send } = start();

    const { status, body, headers } = await send("POST", "/v1/introspect", {
      rawBody: new URLSearchParams({ token: "abc" }),
      ...(Authorization !== undefined && { headers: { Authorization } }),
    });

    expect([status, body.code]).toEqual([401, "invalid_client"]);
    expect(headers.get("WWW-Authenticate")).toBe('Basic realm="portico"');
  });

  test("takes no user for a client", async () => {
    const { send, signedIn } = start();
    const { access_token: token } = await signedIn();

    const { status } = await send("POST", "/v1/introspect", {
      token,
      rawBody: new URLSearchParams({ token }),
    });

    expect(status).toBe(401);
  });

  test("takes the scheme in any case", async () => {
    const { introspect } = start();

    const { status } = await introspect({ token: "abc" }, authorized.replace("Basic", "bAsIc"));

    expect(status).toBe(200);
  });

  test("is off without a client, be the credentials none", async () => {
    const { send } = startService();

    const { status, body } = await send("POST", "/v1/introspect", {
      rawBody: new URLSearchParams({ token: "abc" }),
      headers: { Authorization: basic("", "") },
    });

    expect([status, body.code]).toEqual([501, "not_supported"]);
  });

  test("does not call a token bad while the keys cannot be had", async () => {
    const { signedIn, introspect } = start({ ports: withoutKeys });
    const { access_token: token } = await signedIn();

    const { status, body, headers } = await introspect({ token });

    expect([status, body.code]).toEqual([503, "keys_unavailable"]);
    expect(headers.has("Retry-After")).toBe(true);
  });

  test("takes a form only", async () => {
    const { send } = start();

    const { status, body } = await send("POST", "/v1/introspect", {
      body: { token: "abc" },
      headers: { Authorization: authorized },
    });

    expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
  });

  test.each([
    ["without a token", "token_type_hint=access_token", "validation_failed"],
    ["with two tokens", "token=a&token=b", "malformed_request"],
    ["that is not UTF-8", new Uint8Array([0x74, 0xff]), "malformed_request"],
  ])("refuses a form %s", async (_case, rawBody, code) => {
    const { send } = start();

    const { status, body } = await send("POST", "/v1/introspect", {
      rawBody,
      headers: { Authorization: authorized, "Content-Type": "application/x-www-form-urlencoded" },
    });

    expect([status, body.code]).toEqual([400, code]);
  });

  test("takes no token from the query", async () => {
    const { send, signedIn } = start();
    const { access_token: token } = await signedIn();

    const { status } = await send("POST", `/v1/introspect?token=${token}`, {
      rawBody: new URLSearchParams({}),
      headers: { Authorization: authorized },
    });

    expect(status).toBe(400);
  });
});
