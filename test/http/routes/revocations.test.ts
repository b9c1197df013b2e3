import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { failing, password, startService, username, withoutKeys } from "../support.ts";

const client = { id: "orders-api", secret: "s".repeat(32) };

/** A list that cannot be written to. */
const withoutRevocations = (): Partial<Ports> => ({
  revocations: {
    add: () => Promise.reject(new IdentityError("provider_unavailable", { retryAfterSeconds: 3 })),
  },
});

describe("an access token", () => {
  test("is refused from the sign-out on that it was shown at", async () => {
    const { send, signedIn } = startService();
    const { access_token: token, refresh_token } = await signedIn();

    const signedOut = await send("POST", "/v1/sign-out", { body: { refresh_token }, token });

    const { status, body, headers } = await send("GET", "/v1/session", { token });
    expect(signedOut.status).toBe(204);
    expect([status, body.code]).toEqual([401, "token_revoked"]);
    expect(headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="portico", error="invalid_token", error_description="revoked"',
    );
  });

  test("is refused as well where it was issued later in the session", async () => {
    const { send, signedIn } = startService();
    const { access_token: first, refresh_token } = await signedIn();
    const refreshed = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    const { access_token: token } = JSON.parse(refreshed.text).tokens;

    await send("POST", "/v1/sign-out", { body: { refresh_token }, token: first });

    expect((await send("GET", "/v1/session", { token })).body.code).toBe("token_revoked");
  });

  test("of another session goes on", async () => {
    const { send, signedIn, signIn } = startService();
    const { access_token: token, refresh_token } = await signedIn();
    const other = await signIn();

    await send("POST", "/v1/sign-out", { body: { refresh_token }, token });

    expect((await send("GET", "/v1/session", { token: other.access_token })).status).toBe(200);
  });

  test("goes on after a sign-out that it was not shown at", async () => {
    const { send, signedIn } = startService();
    const { access_token: token, refresh_token } = await signedIn();

    await send("POST", "/v1/sign-out", { body: { refresh_token } });

    expect((await send("GET", "/v1/session", { token })).status).toBe(200);
  });

  test("of every session is refused after a sign-out everywhere", async () => {
    const { send, signedIn, signIn } = startService();
    const { access_token: token } = await signedIn();
    const other = await signIn();

    await send("POST", "/v1/sign-out/everywhere", { token });

    const answers = await Promise.all(
      [token, other.access_token].map((each) => send("GET", "/v1/session", { token: each })),
    );
    expect(answers.map(({ body }) => body.code)).toEqual(["token_revoked", "token_revoked"]);
  });

  test("of a sign-in after a sign-out everywhere is good", async () => {
    let now = Date.now();
    const { send, signedIn, signIn } = startService({ provider: { clock: { now: () => now } } });
    const { access_token } = await signedIn();
    await send("POST", "/v1/sign-out/everywhere", { token: access_token });
    now += 1000;

    const { access_token: token } = await signIn();

    expect((await send("GET", "/v1/session", { token })).status).toBe(200);
  });

  test("of a deleted account is refused", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    await send("DELETE", "/v1/me", { token });

    expect((await send("GET", "/v1/session", { token })).body.code).toBe("token_revoked");
  });

  test("is not active to whoever introspects it once it was revoked", async () => {
    const { send, signedIn } = startService({ introspectionClient: client });
    const { access_token: token } = await signedIn();
    await send("POST", "/v1/sign-out/everywhere", { token });

    const { text } = await send("POST", "/v1/introspect", {
      rawBody: new URLSearchParams({ token }),
      headers: { Authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
    });

    expect(text).toBe('{"active":false}');
  });
});

describe("POST /v1/sign-out", () => {
  test.each([
    ["rubbish", "Bearer gar.ba.ge"],
    ["another scheme", "Basic YWRhOnNlY3JldA=="],
  ])("ends the session though it is shown %s", async (_case, Authorization) => {
    const { send, signedIn } = startService();
    const { refresh_token } = await signedIn();
    const body = { refresh_token };

    const { status } = await send("POST", "/v1/sign-out", { body, headers: { Authorization } });

    expect(status).toBe(204);
    expect((await send("POST", "/v1/token/refresh", { body })).status).toBe(401);
  });

  test("refuses a header that is not one token", async () => {
    const { send } = startService();

    const { status, headers } = await send("POST", "/v1/sign-out", {
      body: { refresh_token: "unknown" },
      headers: { Authorization: "Bearer a b" },
    });

    expect(status).toBe(400);
    expect(headers.get("WWW-Authenticate")).toContain('error="invalid_request"');
  });

  test("ends the session first, and says so where the access token cannot be read", async () => {
    const { send, signedIn } = startService({ ports: withoutKeys });
    const { access_token: token, refresh_token } = await signedIn();
    const body = { refresh_token };

    const { status, body: problem } = await send("POST", "/v1/sign-out", { body, token });

    expect([status, problem.code]).toEqual([503, "keys_unavailable"]);
    expect((await send("POST", "/v1/token/refresh", { body })).status).toBe(401);
  });

  test("can be sent again where the access token could not be revoked", async () => {
    const { send, signedIn, events } = startService({ ports: withoutRevocations });
    const { access_token: token, refresh_token } = await signedIn();
    const again = () => send("POST", "/v1/sign-out", { body: { refresh_token }, token });

    const answers = [await again(), await again()];

    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(events.at(-1)).toMatchObject({ type: "sign_out", outcome: "failure" });
  });

  test("revokes nothing where the provider did not end the session", async () => {
    const error = new IdentityError("provider_unavailable");
    const { send, signIn, signUp } = startService({ ports: failing("signOut", error) });
    await signUp();
    const { access_token: token, refresh_token } = await signIn();

    const { status } = await send("POST", "/v1/sign-out", { body: { refresh_token }, token });

    expect(status).toBe(503);
    expect((await send("GET", "/v1/session", { token })).status).toBe(200);
  });

  test("works without a list of revocations", async () => {
    const { send, signUp } = startService({
      ports: ({ tokens }) => ({ tokens, revocations: undefined }),
    });
    await signUp();
    const { text } = await send("POST", "/v1/sign-in", { body: { username, password } });
    const { access_token: token, refresh_token } = JSON.parse(text).tokens;

    const { status } = await send("POST", "/v1/sign-out", { body: { refresh_token }, token });

    expect(status).toBe(204);
    expect((await send("POST", "/v1/sign-out/everywhere", { token })).status).toBe(401);
  });
});
