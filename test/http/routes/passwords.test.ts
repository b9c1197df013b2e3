import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { account, failing, password, startService, username } from "../support.ts";

const newPassword = "Another-Horse-8";

describe("forgotPassword", () => {
  test("answers a confirmed user, an unconfirmed one and nobody alike", async () => {
    const { send, signUp, outbox } = startService();
    await send("POST", "/v1/sign-up", { body: { ...account, username: "waiting@example.com" } });
    await signUp();

    const answers = await Promise.all(
      [username, "waiting@example.com", "nobody@example.com"].map((name) =>
        send("POST", "/v1/password/forgot", { body: { username: name } }),
      ),
    );

    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      Array(3).fill([202, '{"status":"accepted"}']),
    );
    expect(outbox.messagesFor(username).at(-1)?.purpose).toBe("password_reset");
  });
});

describe("resetPassword", () => {
  test("sets a new password with the code that was sent", async () => {
    const { send, signUp, lastCode } = startService();
    await signUp();
    await send("POST", "/v1/password/forgot", { body: { username } });

    const { status, body } = await send("POST", "/v1/password/reset", {
      body: { username, code: lastCode(), new_password: newPassword },
    });

    const signedIn = await send("POST", "/v1/sign-in", {
      body: { username, password: newPassword },
    });
    const refused = await send("POST", "/v1/sign-in", { body: { username, password } });
    expect(status).toBe(200);
    expect(body).toEqual({ status: "password_reset" });
    expect([signedIn.status, refused.status]).toEqual([200, 401]);
  });

  test("answers a wrong code, no code and an unknown user alike", async () => {
    const { send, signUp, lastCode } = startService();
    await signUp();
    const noCode = await send("POST", "/v1/password/reset", {
      body: { username, code: "000000", new_password: newPassword },
    });
    await send("POST", "/v1/password/forgot", { body: { username } });
    const code = lastCode() === "000000" ? "111111" : "000000";

    const answers = await Promise.all(
      [username, "nobody@example.com"].map((name) =>
        send("POST", "/v1/password/reset", {
          body: { username: name, code, new_password: newPassword },
        }),
      ),
    );

    expect([noCode, ...answers].map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([422, "code_mismatch"]),
    );
  });

  test.each([
    ["too_short", "Aa1!"],
    ["too_long", "Aa1!".repeat(65)],
    ["invalid_characters", "Correct-Horse-\ud800"],
  ])("refuses a weak password as %s, whoever it is for", async (reason, weak) => {
    const { send } = startService();

    const { status, body } = await send("POST", "/v1/password/reset", {
      body: { username: "nobody@example.com", code: "000000", new_password: weak },
    });

    expect(status).toBe(422);
    expect(body.code).toBe("password_policy_violation");
    expect(body.errors).toEqual([{ pointer: "/new_password", reason }]);
  });

  test.each(["password_reused", "too_many_attempts"] as const)("passes %s on", async (code) => {
    const { send } = startService({ ports: failing("resetPassword", new IdentityError(code)) });

    const { body } = await send("POST", "/v1/password/reset", {
      body: { username, code: "000000", new_password: newPassword },
    });

    expect(body.code).toBe(code);
  });
});

describe("changePassword", () => {
  test("replaces the password", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, text } = await send("POST", "/v1/password/change", {
      token,
      body: { current_password: password, new_password: newPassword },
    });

    const after = await send("POST", "/v1/sign-in", { body: { username, password: newPassword } });
    expect([status, text]).toEqual([204, ""]);
    expect(after.status).toBe(200);
  });

  test("refuses a wrong current password, and does not blame the token for it", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, headers, body } = await send("POST", "/v1/password/change", {
      token,
      body: { current_password: "Wrong-Horse-7", new_password: newPassword },
    });

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_credentials");
    expect(headers.get("WWW-Authenticate")).toBe('Bearer realm="portico"');
  });

  test("points at the new password where it breaks the rules", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("POST", "/v1/password/change", {
      token,
      body: { current_password: password, new_password: "no-capital-7" },
    });

    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: "/new_password", reason: "missing_uppercase" }]);
  });

  test("asks who calls before it looks at what is sent", async () => {
    const { send } = startService();

    const { status, body } = await send("POST", "/v1/password/change", { body: [] });

    expect(status).toBe(401);
    expect(body.code).toBe("invalid_token");
  });
});
