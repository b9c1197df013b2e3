import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { failing, startService, type TestServiceOptions, withoutKeys } from "../support.ts";

const client = { id: "orders-api", secret: "s".repeat(32) };
const basic = (id: string, secret: string) => `Basic ${btoa(`${id}:${secret}`)}`;
const authorized = basic(client.id, client.secret);
const path = "/v1/revoke";

function start(options: TestServiceOptions = {}) {
  const service = startService({ introspectionClient: client, ...options });
  const revoke = (token: string, hint?: string) =>
    service.send("POST", path, {
      rawBody: new URLSearchParams({ token, ...(hint !== undefined && { token_type_hint: hint }) }),
      headers: { Authorization: authorized },
    });
  const refresh = (refresh_token: string) =>
    service.send("POST", "/v1/token/refresh", { body: { refresh_token } });
  const session = (token: string) => service.send("GET", "/v1/session", { token });
  return { ...service, revoke, refresh, session };
}

/** A provider's refresh token that was given to nobody. */
const unknownRefreshToken = "dGhpcyBpcyBubyB0b2tlbg";

describe("POST /v1/revoke", () => {
  test.each([undefined, "refresh_token", "access_token", "something_else"])(
    "ends the session of a refresh token, with the hint %j",
    async (hint) => {
      const { signedIn, revoke, refresh, events } = start();
      const { refresh_token } = await signedIn();

      const { status, text, headers } = await revoke(refresh_token, hint);

      expect([status, text]).toEqual([200, ""]);
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("Content-Type")).toBeNull();
      expect((await refresh(refresh_token)).body.code).toBe("invalid_refresh_token");
      expect(events).toContainEqual(
        expect.objectContaining({ type: "token_revocation", outcome: "success" }),
      );
    },
  );

  test.each([undefined, "refresh_token", "access_token", "something_else"])(
    "has an access token refused with those of its session, with the hint %j",
    async (hint) => {
      const { signedIn, revoke, refresh, session, events } = start();
      const { access_token, refresh_token } = await signedIn();

      const { status, text } = await revoke(access_token, hint);

      expect([status, text]).toEqual([200, ""]);
      expect((await session(access_token)).body.code).toBe("token_revoked");
      const refreshed = JSON.parse((await refresh(refresh_token)).text).tokens;
      expect((await session(refreshed.access_token)).body.code).toBe("token_revoked");
      const subject = expect.any(String);
      expect(events).toContainEqual(expect.objectContaining({ type: "token_revocation", subject }));
    },
  );

  test("lets the user's other sessions go on", async () => {
    const { signedIn, signIn, revoke, refresh, session } = start();
    const one = await signedIn();
    const other = await signIn();

    await revoke(one.access_token);
    await revoke(one.refresh_token);

    expect((await session(other.access_token)).status).toBe(200);
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });

  test("finds no fault with what is unknown, or was revoked before", async () => {
    const { signedIn, revoke } = start();
    const { access_token, refresh_token } = await signedIn();
    const stranger = await start().signedIn();
    await revoke(refresh_token);
    await revoke(access_token);
    const tokens = [
      refresh_token,
      access_token,
      unknownRefreshToken,
      stranger.access_token,
      `${access_token}x`,
      access_token.replace(/[^.]*$/, ""),
      "gar.ba.ge",
      "ü",
      "a b",
      "",
      "x".repeat(20_000),
    ];

    const answers = await Promise.all(tokens.map((token) => revoke(token)));

    expect(answers.map(({ status, text }) => [status, text])).toEqual(tokens.map(() => [200, ""]));
  });

  test("finds no fault with an access token that has expired, and asks nobody for it", async () => {
    let now = Date.now();
    const { signedIn, revoke } = start({
      provider: { clock: { now: () => now } },
      ports: failing("signOut", new Error("nobody was to be asked")),
    });
    const { access_token } = await signedIn();
    now += 2 * 3600 * 1000;

    expect((await revoke(access_token)).status).toBe(200);
  });

  test("takes no ID token", async () => {
    const { signedIn, revoke } = start();
    const { id_token } = await signedIn();

    const { status, body } = await revoke(id_token);

    expect([status, body.code]).toEqual([400, "unsupported_token_type"]);
  });

  test("takes no access token that nobody can be told of", async () => {
    const { signedIn, revoke, session } = start({ ports: () => ({ revocations: undefined }) });
    const { access_token } = await signedIn();

    const { status, body } = await revoke(access_token);

    expect([status, body.code]).toEqual([400, "unsupported_token_type"]);
    expect((await session(access_token)).status).toBe(200);
  });

  test("takes no access token that names no session", async () => {
    const { signedIn, revoke } = start({ ports: withoutSessionIds });
    const { access_token } = await signedIn();

    const { status, body } = await revoke(access_token);

    expect([status, body.code]).toEqual([400, "unsupported_token_type"]);
  });

  test.each([
    ["nothing", undefined],
    ["another client", basic("other", client.secret)],
    ["another secret", basic(client.id, "t".repeat(32))],
    ["an access token", "Bearer abc"],
  ])("asks a caller who shows %s for its credentials", async (_case, Authorization) => {
    const { send, signedIn, refresh } = start();
    const { refresh_token } = await signedIn();

    const { status, body, headers } = await send("POST", path, {
      rawBody: new URLSearchParams({ token: refresh_token }),
      ...(Authorization !== undefined && { headers: { Authorization } }),
    });

    expect([status, body.code]).toEqual([401, "invalid_client"]);
    expect(headers.get("WWW-Authenticate")).toBe('Basic realm="portico"');
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  test("is off without a client", async () => {
    const { send } = startService();

    const { status, body } = await send("POST", path, {
      rawBody: new URLSearchParams({ token: "abc" }),
      headers: { Authorization: basic("", "") },
    });

    expect([status, body.code]).toEqual([501, "not_supported"]);
  });

  test.each(["provider_unavailable", "keys_unavailable"] as const)(
    "says that a refresh token may live on while there is %s",
    async (code) => {
      const error = new IdentityError(code, { retryAfterSeconds: 7 });
      const { revoke, events } = start({ ports: failing("signOut", error) });

      const { status, body, headers } = await revoke(unknownRefreshToken);

      expect([status, body.code, headers.get("Retry-After")]).toEqual([503, code, "7"]);
      expect(events.at(-1)).toMatchObject({ type: "token_revocation", outcome: "failure", code });
    },
  );

  test("says that an access token may live on while the keys or the list cannot be had", async () => {
    const add = () => Promise.reject(new IdentityError("provider_unavailable"));
    for (const ports of [withoutKeys, () => ({ revocations: { add } })]) {
      const { signedIn, revoke } = start({ ports });
      const { access_token } = await signedIn();

      const { status, headers } = await revoke(access_token);

      expect([status, headers.has("Retry-After")]).toEqual([503, true]);
    }
  });

  test.each(["application/json", "text/plain", "multipart/form-data; boundary=x"])(
    "takes a form only, and no %s",
    async (type) => {
      const { send } = start();

      const { status, body } = await send("POST", path, {
        rawBody: "token=abc",
        headers: { Authorization: authorized, "Content-Type": type },
      });

      expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
    },
  );

  test.each([
    ["without a token", "token_type_hint=access_token", "validation_failed"],
    ["with two tokens", "token=a&token=b", "malformed_request"],
  ])("refuses a form %s", async (_case, form, code) => {
    const { send } = start();

    const { status, body } = await send("POST", path, {
      rawBody: new URLSearchParams(form),
      headers: { Authorization: authorized },
    });

    expect([status, body.code]).toEqual([400, code]);
  });

  test("takes no token from the query, and no other method", async () => {
    const { send, signedIn, refresh } = start();
    const { refresh_token } = await signedIn();
    const headers = { Authorization: authorized };

    const posted = await send("POST", `${path}?token=${refresh_token}`, {
      rawBody: new URLSearchParams({}),
      headers,
    });
    const got = await send("GET", `${path}?token=${refresh_token}`, { headers });

    expect([posted.status, got.status]).toEqual([400, 405]);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

/** As with an issuer that does not tell which tokens are of one sign-in. */
function withoutSessionIds({ tokens }: Ports): Partial<Ports> {
  return {
    tokens: {
      async verify(accessToken) {
        const { sessionId: _, ...principal } = {
          sessionId: "",
          ...(await tokens.verify(accessToken)),
        };
        return principal;
      },
    },
  };
}
