import { describe, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { defaultLimitPolicies } from "../../../src/domain/rate-limit-policies.ts";
import { holdableHashing } from "../../contract/held-hashing.ts";
import { account, failing, password, type Received, startService, username } from "../support.ts";

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe("signIn", () => {
  test("trades a password for tokens", async () => {
    const { send, signUp } = startService();
    await signUp();

    const { status, headers, body } = await send("POST", "/v1/sign-in", {
      body: { username, password },
    });

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(body).toEqual({
      status: "signed_in",
      tokens: {
        access_token: expect.any(String),
        id_token: expect.any(String),
        refresh_token: expect.any(String),
        token_type: "Bearer",
        expires_in: 3600,
      },
    });
  });

  test("says when to come back where too many passwords wait, counts no guess, and holds no token up", async () => {
    const { hashQueue, hashing } = holdableHashing();
    const limits = { limiter: createMemoryRateLimiter(), policies: defaultLimitPolicies };
    const { send, signedIn } = startService({ provider: { hashQueue }, ports: () => ({ limits }) });
    const { access_token: token, refresh_token } = await signedIn();
    const signIn = (name: string) =>
      send("POST", "/v1/sign-in", { body: { username: name, password } });
    const release = hashing.hold(0);
    const refused: Received[] = [];
    // One after the other: at once, guesses are counted before they are known to be none.
    while (refused.length < 60)
      refused.push(await signIn(username), await signIn("nobody@example.com"));
    const refreshed = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    const session = await send("GET", "/v1/session", { token });
    await release();

    const told = refused.map(({ status, body, headers }) => [
      status,
      body.code,
      headers.get("Retry-After"),
    ]);
    expect(told).toEqual(Array(60).fill([503, "overloaded", "2"]));
    expect([refreshed.status, session.status]).toEqual([200, 200]);
    expect((await signIn(username)).status).toBe(200);
  });

  test("answers a wrong password and an unknown user alike", async () => {
    const { send, signUp } = startService();
    await signUp();

    const answers = await Promise.all(
      [username, "nobody@example.com"].map((name) =>
        send("POST", "/v1/sign-in", { body: { username: name, password: "Wrong-Horse-7" } }),
      ),
    );

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(2).fill([401, "invalid_credentials"]),
    );
  });

  test("challenges with the bare scheme where credentials are wrong, as a 401 must challenge", async () => {
    const { send } = startService();

    const { headers } = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(headers.get("WWW-Authenticate")).toBe('Bearer realm="portico"');
  });

  test("tells whoever knows the password that the account has yet to be confirmed", async () => {
    const { send } = startService();
    await send("POST", "/v1/sign-up", { body: account });

    const { status, body } = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(status).toBe(403);
    expect(body.code).toBe("user_not_confirmed");
  });

  test("locks an account after wrong passwords, the right one included", async () => {
    const { send, signUp } = startService();
    await signUp();
    for (let tries = 0; tries < 6; tries += 1) {
      await send("POST", "/v1/sign-in", { body: { username, password: "Wrong-Horse-7" } });
    }

    const { status, headers, body } = await send("POST", "/v1/sign-in", {
      body: { username, password },
    });

    expect(status).toBe(429);
    expect(body.code).toBe("too_many_attempts");
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  test("takes a password byte for byte", async () => {
    const spaced = " Pass-wörd-7 \u{1f511} ";
    const { send, lastCode } = startService();
    await send("POST", "/v1/sign-up", { body: { ...account, password: spaced } });
    await send("POST", "/v1/sign-up/confirm", { body: { username, code: lastCode() } });

    const exact = await send("POST", "/v1/sign-in", { body: { username, password: spaced } });
    const trimmed = await send("POST", "/v1/sign-in", {
      body: { username, password: spaced.trim() },
    });

    expect([exact.status, trimmed.status]).toEqual([200, 401]);
  });

  test("counts the characters of a password, and not its UTF-16 units", async () => {
    const { send } = startService();

    const longest = await send("POST", "/v1/sign-in", {
      body: { username, password: "\u{1f511}".repeat(256) },
    });
    const longer = await send("POST", "/v1/sign-in", {
      body: { username, password: "x".repeat(257) },
    });

    expect(longest.body.code).toBe("invalid_credentials");
    expect(longer.body.errors).toEqual([{ pointer: "/password", reason: "too_long" }]);
  });

  test("takes both Unicode forms of a user name for one account", async () => {
    const { send } = startService({ provider: { signInModel: "username", autoConfirm: true } });
    await send("POST", "/v1/sign-up", { body: { username: "zo\u00eb", password } });

    const { status } = await send("POST", "/v1/sign-in", {
      body: { username: "zoe\u0308", password },
    });

    expect(status).toBe(200);
  });

  test.each([
    ["password_reset_required", 403],
    ["user_disabled", 403],
    ["temporary_password_expired", 403],
    ["not_supported", 501],
  ] as const)("answers %s with %i", async (code, expected) => {
    const { send } = startService({ ports: failing("signIn", new IdentityError(code)) });

    const { status, body } = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(status).toBe(expected);
    expect(body.code).toBe(code);
  });
});

describe("refreshTokens", () => {
  test("gives new tokens, and no refresh token where the one in hand stays good", async () => {
    const { send, signedIn } = startService();
    const { refresh_token } = await signedIn();

    const { status, body } = await send("POST", "/v1/token/refresh", { body: { refresh_token } });

    expect(status).toBe(200);
    expect(body).toEqual({
      tokens: {
        access_token: expect.any(String),
        id_token: expect.any(String),
        token_type: "Bearer",
        expires_in: 3600,
      },
    });
  });

  test("gives the refresh token that replaces the one in hand", async () => {
    const { send, signedIn } = startService({
      provider: { refreshRotation: { graceSeconds: 0 } },
    });
    const { refresh_token } = await signedIn();

    const renewed = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    const reused = await send("POST", "/v1/token/refresh", { body: { refresh_token } });

    expect(renewed.body).toMatchObject({ tokens: { refresh_token: expect.any(String) } });
    expect(reused.status).toBe(401);
    expect(reused.body.code).toBe("refresh_token_reused");
    expect(reused.headers.get("WWW-Authenticate")).toBe('Bearer realm="portico"');
  });

  test("refuses a refresh token that it does not know", async () => {
    const { send } = startService();

    const { status, body } = await send("POST", "/v1/token/refresh", {
      body: { refresh_token: "unknown" },
    });

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_refresh_token");
  });
});

describe("signOut", () => {
  test("ends the session: its tokens are dead", async () => {
    const { send, signedIn } = startService();
    const { access_token: token, refresh_token } = await signedIn();

    const { status, text } = await send("POST", "/v1/sign-out", { body: { refresh_token } });

    const refreshed = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    const profile = await send("GET", "/v1/me", { token });
    expect([status, text]).toEqual([204, ""]);
    expect(refreshed.body.code).toBe("invalid_refresh_token");
    expect(profile.body.code).toBe("token_revoked");
  });

  test("is no error for a token that is unknown", async () => {
    const { send } = startService();

    const { status } = await send("POST", "/v1/sign-out", { body: { refresh_token: "unknown" } });

    expect(status).toBe(204);
  });

  test("is refused to an address that has asked too often", async () => {
    const limiter = createMemoryRateLimiter();
    const line = { policy: "one", action: "sign_out", by: "address", windowSeconds: 60 } as const;
    const limits = { limiter, policies: [{ ...line, quota: 1 }] };
    const { app } = startService({ ports: () => ({ limits }) });
    const ask = (address: string) =>
      app.request(
        "/v1/sign-out",
        {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ refresh_token: "unknown" }),
        },
        { peer: () => address },
      );

    const answers = [await ask("203.0.113.7"), await ask("203.0.113.7"), await ask("203.0.113.8")];

    expect(answers.map(({ status }) => status)).toEqual([204, 429, 204]);
    expect(answers[1]?.headers.get("Retry-After")).toMatch(/^\d+$/);
  });

  test("refuses an access token", async () => {
    const { send, signedIn } = startService();
    const { access_token: refresh_token } = await signedIn();

    const { status, body } = await send("POST", "/v1/sign-out", { body: { refresh_token } });

    expect(status).toBe(400);
    expect(body.code).toBe("unsupported_token_type");
  });
});

describe("signOutEverywhere", () => {
  test("ends every session", async () => {
    const { send, signedIn, signIn } = startService();
    const { access_token: token } = await signedIn();
    const { refresh_token } = await signIn();

    const { status } = await send("POST", "/v1/sign-out/everywhere", { token });

    const refreshed = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    expect(status).toBe(204);
    expect(refreshed.status).toBe(401);
  });

  test("says that the session has ended already", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();
    await send("POST", "/v1/sign-out/everywhere", { token });

    const { status, headers, body } = await send("POST", "/v1/sign-out/everywhere", { token });

    expect(status).toBe(401);
    expect(body.code).toBe("token_revoked");
    expect(headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="portico", error="invalid_token", error_description="revoked"',
    );
  });
});

describe("getSession", () => {
  test("tells what the access token says, by the names that it says it under", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("GET", "/v1/session", { token });

    expect(status).toBe(200);
    expect(body).toEqual({
      kind: "user",
      sub: uuid,
      iss: "https://memory.portico.invalid",
      client_id: "portico_memory",
      username: expect.any(String),
      groups: [],
      scopes: expect.any(Array),
      iat: expect.any(Number),
      exp: expect.any(Number),
      auth_time: expect.any(Number),
      jti: uuid,
    });
  });

  test("does not ask the provider, so that a token revoked elsewhere passes until it expires", async () => {
    const { send, signedIn, identity } = startService();
    const { access_token: token } = await signedIn();
    await identity.signOutEverywhere({ accessToken: token });

    const { status } = await send("GET", "/v1/session", { token });

    expect(status).toBe(200);
  });
});
