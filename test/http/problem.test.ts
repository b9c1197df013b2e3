import { describe, expect, test } from "vitest";
import { IdentityError, identityErrorCodes } from "../../src/domain/errors.ts";
import { misconfigured } from "../../src/http/problem.ts";
import { failing, password, startService, username } from "./support.ts";

const credentials = { username, password };

describe("problems", () => {
  test("have the members of RFC 9457, and the code", async () => {
    const { send } = startService();

    const { headers, body } = await send("GET", "/v1/session");

    expect(headers.get("Content-Type")).toBe("application/problem+json");
    expect(body).toEqual({
      type: "urn:problem-type:portico:invalid_token",
      title: expect.any(String),
      status: 401,
      instance: `urn:uuid:${headers.get("X-Request-Id")}`,
      code: "invalid_token",
    });
  });

  test("answer a path that is not served", async () => {
    const { send } = startService();

    const answers = await Promise.all(
      ["/v1", "/v1/sign-in/", "/V1/sign-in", "/v1/%00", "/v1/..%2f..%2fetc", "/v1/%ff"].map(
        (path) => send("GET", path),
      ),
    );

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(6).fill([404, "not_found"]),
    );
  });

  test.each([
    ["GET", "/v1/sign-in", "POST"],
    ["HEAD", "/v1/sign-in", "POST"],
    ["OPTIONS", "/v1/sign-in", "POST"],
    ["PUT", "/v1/me", "GET, HEAD, PATCH, DELETE"],
    ["PROPFIND", "/v1/me", "GET, HEAD, PATCH, DELETE"],
    ["GET", "/v1/me/sessions/1", "DELETE"],
    ["DELETE", "/v1/me/passkeys/registration", "POST"],
    ["POST", "/health/live", "GET, HEAD"],
    ["POST", "/docs", "GET, HEAD"],
  ])("answer %s of %s with what is allowed there", async (method, path, allow) => {
    const { app } = startService();

    const response = await app.request(path, { method });

    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe(allow);
    if (method !== "HEAD")
      expect(await response.json()).toMatchObject({ code: "method_not_allowed" });
  });

  test.each([
    ["an Error", new TypeError("secret of the machine")],
    ["what is no Error", "secret of the machine"],
  ])("tell nothing of %s that was not foreseen", async (_case, thrown) => {
    const { send } = startService({ ports: failing("signIn", thrown) });

    const { status, text, body } = await send("POST", "/v1/sign-in", { body: credentials });

    expect(status).toBe(500);
    expect(body.code).toBe("internal_error");
    expect(text).not.toMatch(/secret|TypeError|\.ts/);
  });

  test("show the detail of an error of ours, and nothing of what caused it", async () => {
    const error = new IdentityError("rejected_by_policy", {
      detail: "Only staff may sign up.",
      cause: new Error("secret of the machine"),
    });
    const { send } = startService({ ports: failing("signIn", error) });

    const { text, body } = await send("POST", "/v1/sign-in", { body: credentials });

    expect(body.detail).toBe("Only staff may sign up.");
    expect(text).not.toContain("secret");
  });

  test.each([
    ["provider_unavailable", 503, "5"],
    ["provider_timeout", 504, "5"],
    ["overloaded", 503, "5"],
    ["provider_extension_failed", 502, "5"],
    ["provider_misconfigured", 500, null],
    ["not_supported", 501, null],
    ["blocked", 403, null],
  ] as const)("answer %s with %i, and when to try again: %s", async (code, status, retryAfter) => {
    const { send } = startService({
      ports: failing("signIn", new IdentityError(code)),
    });

    const answer = await send("POST", "/v1/sign-in", { body: credentials });

    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
    expect(answer.headers.get("Retry-After")).toBe(retryAfter);
  });

  test("say when to try again in whole seconds, where the error knows", async () => {
    const error = new IdentityError("provider_unavailable", { retryAfterSeconds: 1.2 });
    const { send } = startService({ ports: failing("signIn", error) });

    const { headers } = await send("POST", "/v1/sign-in", { body: credentials });

    expect(headers.get("Retry-After")).toBe("2");
  });

  test("name members as they are on the wire, and names that callers give as they gave them", async () => {
    const error = new IdentityError("validation_failed", {
      violations: [
        { path: ["newPassword"], reason: "too_short" },
        { path: ["attributes", "custom:favouriteColour"], reason: "too_long" },
        { path: ["attributes", "a/b~c"], reason: "unknown" },
        { path: [], reason: "too_many" },
      ],
    });
    const { send } = startService({ ports: failing("resetPassword", error) });

    const { body } = await send("POST", "/v1/password/reset", {
      body: { username: "ada", code: "1", new_password: "Correct-Horse-7" },
    });

    expect(body.errors).toEqual([
      { pointer: "/new_password", reason: "too_short" },
      { pointer: "/attributes/custom:favouriteColour", reason: "too_long" },
      { pointer: "/attributes/a~1b~0c", reason: "unknown" },
      { pointer: "", reason: "too_many" },
    ]);
  });

  test.each(identityErrorCodes)("have a status of their own for %s", async (code) => {
    // A refresh passes every error on as it is.
    const { app } = startService({ ports: failing("refresh", new IdentityError(code)) });

    const response = await app.request("/v1/token/refresh", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: "any" }),
    });

    const body = await response.json();
    expect(body).toMatchObject({ code, status: response.status });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.has("WWW-Authenticate")).toBe(response.status === 401);
  });

  test("answer for a service whose settings are at fault", async () => {
    const response = misconfigured();

    expect(response.status).toBe(500);
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(await response.json()).toMatchObject({
      code: "provider_misconfigured",
      instance: `urn:uuid:${response.headers.get("X-Request-Id")}`,
    });
  });
});
