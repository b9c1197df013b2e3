import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { RequestLogEntry } from "../../../src/http/exchange/request-log.ts";
import { failing, password, startService, username } from "../support.ts";

function recorded() {
  const entries: [severity: string, entry: RequestLogEntry][] = [];
  return { entries, log: (...args: (typeof entries)[number]) => void entries.push(args) };
}

describe("the request log", () => {
  test("has one entry for a request", async () => {
    const { entries, log } = recorded();
    const { send } = startService({ log });

    const { headers } = await send("GET", "/v1/session?trace=1");

    expect(entries).toEqual([
      [
        "info",
        {
          event: "request",
          request_id: headers.get("X-Request-Id"),
          method: "GET",
          route: "/v1/session",
          status: 401,
          duration_ms: expect.any(Number),
          code: "invalid_token",
        },
      ],
    ]);
  });

  test.each([
    [[], "https://app.example", true],
    [["https://other.example"], "https://app.example", true],
    [["https://app.example"], "https://app.example", false],
  ])("of pages of %j tells of the preflight of %s: %s", async (corsOrigins, Origin, isTold) => {
    const { entries, log } = recorded();
    const { app } = startService({ log, corsOrigins });

    const headers = { Origin, "Access-Control-Request-Method": "POST" };
    await app.request("/v1/sign-in", { method: "OPTIONS", headers });
    await app.request("/v1/sign-in", { method: "OPTIONS", headers: { Origin } });

    expect(entries.map(([, entry]) => "cors" in entry && entry.cors)).toEqual([
      isTold && "origin_not_listed",
      false,
    ]);
    expect(JSON.stringify(entries)).not.toContain("app.example");
  });

  test("does not repeat a path that is not served", async () => {
    const { entries, log } = recorded();
    const { send } = startService({ log });

    const { headers } = await send("GET", "/reset/ada@example.com?code=123456");

    // Member by member, as a word may stand in an id by chance.
    expect(entries).toEqual([
      [
        "info",
        {
          event: "request",
          request_id: headers.get("X-Request-Id"),
          method: "GET",
          status: 404,
          duration_ms: expect.any(Number),
          code: "not_found",
        },
      ],
    ]);
  });

  test("has the stack of what was not foreseen, and of what caused it", async () => {
    const { entries, log } = recorded();
    const error = new Error("outer", { cause: new TypeError("inner") });
    const { send } = startService({ log, ports: failing("signIn", error) });

    const { headers } = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(entries).toEqual([
      [
        "error",
        {
          event: "request_error",
          request_id: headers.get("X-Request-Id"),
          code: "internal_error",
          error: expect.stringMatching(
            /^Error: outer\n[\s\S]*request-log\.test\.ts[\s\S]*caused by TypeError: inner/,
          ),
        },
      ],
      ["error", expect.objectContaining({ event: "request", status: 500, code: "internal_error" })],
    ]);
  });

  test("has what caused an error of ours that is no client's doing", async () => {
    const { entries, log } = recorded();
    const error = new IdentityError("provider_unavailable", { cause: new Error("socket hang up") });
    const { send } = startService({ log, ports: failing("signIn", error) });

    await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(entries[0]).toEqual([
      "error",
      expect.objectContaining({
        code: "provider_unavailable",
        error: expect.stringContaining("socket hang up"),
      }),
    ]);
  });

  test("does not quote what could not be parsed", async () => {
    const { entries, log } = recorded();
    const cause = new SyntaxError('Unexpected token "hunter2"');
    // As the AWS SDK does, which leaves the stack as it was.
    cause.message += "\n  see the raw response";
    const error = new IdentityError("provider_unavailable", { cause });
    const { send } = startService({ log, ports: failing("signIn", error) });

    await send("POST", "/v1/sign-in", { body: { username, password } });

    const logged = JSON.stringify(entries);
    expect(logged).toContain("SyntaxError: (not shown)");
    expect(logged).not.toContain("hunter2");
  });

  test("holds no secret and no name of a whole run", async () => {
    const { entries, log } = recorded();
    const { send, signedIn, lastCode } = startService({ log });
    const tokens = await signedIn();
    const code = lastCode();
    await send("GET", "/v1/me", { token: tokens.access_token });
    await send("POST", "/v1/token/refresh", { body: { refresh_token: tokens.refresh_token } });
    await send("POST", "/v1/sign-in", {
      rawBody: `{"password":${password}}`,
      headers: { "Content-Type": "application/json" },
    });
    await send("POST", "/v1/password/change", {
      token: tokens.access_token,
      body: { current_password: password, new_password: "weak" },
    });
    await send("POST", "/v1/sign-out", { body: { refresh_token: tokens.refresh_token } });

    const logged = JSON.stringify(entries);

    expect(entries.length).toBeGreaterThan(7);
    for (const secret of [username, password, code, ...Object.values(tokens).map(String)]) {
      expect(logged.includes(secret)).toBe(false);
    }
  });
});
