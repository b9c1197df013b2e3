import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { account, failing, password, startService, username } from "../support.ts";

describe("signUp", () => {
  test("creates an account that waits for its confirmation", async () => {
    const { send, outbox } = startService();

    const { status, body } = await send("POST", "/v1/sign-up", { body: account });

    expect(status).toBe(201);
    expect(body).toEqual({ status: "confirmation_required" });
    expect(outbox.messagesFor(username)).toHaveLength(1);
  });

  test.each([".", ".."])("takes no %j for a user name, as no path could name it", async (name) => {
    const { send } = startService({ provider: { signInModel: "username" } });

    const { status, body } = await send("POST", "/v1/sign-up", {
      body: { username: name, password },
    });

    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: "/username", reason: "dot_segment" }]);
  });

  test.each(["...", ".a", "a.", "\u2024"])("takes %j for one", async (name) => {
    const { send } = startService({ provider: { signInModel: "username" } });

    const { status } = await send("POST", "/v1/sign-up", { body: { username: name, password } });

    expect(status).toBe(201);
  });

  test("takes a blank attribute for none, where one is required", async () => {
    const { send } = startService({ provider: { requiredAttributes: ["given_name"] } });

    const { status, body } = await send("POST", "/v1/sign-up", {
      body: { username, password, attributes: { given_name: "" } },
    });

    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: "/attributes/given_name", reason: "required" }]);
  });

  test("takes an account without attributes", async () => {
    const { send } = startService();

    const { status } = await send("POST", "/v1/sign-up", { body: { username, password } });

    expect(status).toBe(201);
  });

  test("says so where the account is confirmed at once", async () => {
    const { send } = startService({ provider: { autoConfirm: true } });

    const { body } = await send("POST", "/v1/sign-up", { body: account });

    expect(body).toEqual({ status: "confirmed" });
  });

  test("gives a name that is taken the answer of one that is free", async () => {
    const { send, signUp } = startService();
    const free = await send("POST", "/v1/sign-up", {
      body: { ...account, username: "b@example.com" },
    });
    await signUp();

    const taken = await send("POST", "/v1/sign-up", { body: account });

    expect({ status: taken.status, text: taken.text }).toEqual({
      status: free.status,
      text: free.text,
    });
  });

  test("tells that a name is taken, and where the code went, where it is set to", async () => {
    const { send } = startService({ takenUsername: "shown" });

    const free = await send("POST", "/v1/sign-up", { body: account });
    const taken = await send("POST", "/v1/sign-up", { body: account });

    expect(free.body).toMatchObject({ delivery: { medium: "email", destination: "a***@e***" } });
    expect(taken.status).toBe(409);
    expect(taken.body.code).toBe("username_taken");
  });

  test("hides that a code could not be sent, as only a free name gets one", async () => {
    const provider = {
      onMessage() {
        throw new Error("no post today");
      },
    };

    const hidden = await startService({ provider }).send("POST", "/v1/sign-up", { body: account });
    const shown = await startService({ provider, takenUsername: "shown" }).send(
      "POST",
      "/v1/sign-up",
      { body: account },
    );

    expect(hidden.status).toBe(201);
    expect(shown.status).toBe(502);
    expect(shown.body.code).toBe("delivery_failed");
  });

  test.each([
    [
      "a short password",
      { password: "Aa1!" },
      422,
      "password_policy_violation",
      "/password",
      "too_short",
    ],
    [
      "a long password",
      { password: "Aa1!".repeat(65) },
      422,
      "password_policy_violation",
      "/password",
      "too_long",
    ],
    [
      "an attribute with half a character",
      { attributes: { name: "Ad\ud800a" } },
      400,
      "validation_failed",
      "/attributes/name",
      "invalid_characters",
    ],
    [
      "an attribute that is not the caller's to set",
      { attributes: { email_verified: "true" } },
      403,
      "attribute_not_writable",
      undefined,
      undefined,
    ],
    [
      "a user name with a space",
      { username: "ada lovelace" },
      400,
      "validation_failed",
      "/username",
      "invalid_characters",
    ],
    [
      "a user name that is too long",
      { username: `${"a".repeat(128)}@example.com` },
      400,
      "validation_failed",
      "/username",
      "too_long",
    ],
  ])("refuses %s", async (_case, change, status, code, pointer, reason) => {
    const { send } = startService();

    const refused = await send("POST", "/v1/sign-up", { body: { ...account, ...change } });

    expect(refused.status).toBe(status);
    expect(refused.body.code).toBe(code);
    if (pointer) expect(refused.body.errors).toEqual([{ pointer, reason }]);
  });

  test("names each rule of the provider that a password breaks", async () => {
    const { send } = startService();

    const { status, body } = await send("POST", "/v1/sign-up", {
      body: { ...account, password: "correct horse battery" },
    });

    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: "/password", reason: "missing_uppercase" },
      { pointer: "/password", reason: "missing_digit" },
    ]);
  });

  test.each(["sign_up_disabled", "rejected_by_policy", "blocked"] as const)(
    "answers %s with 403",
    async (code) => {
      const { send } = startService({ ports: failing("signUp", new IdentityError(code)) });

      const { status, body } = await send("POST", "/v1/sign-up", { body: account });

      expect(status).toBe(403);
      expect(body.code).toBe(code);
    },
  );
});

describe("confirmSignUp", () => {
  test("confirms with the code that was sent", async () => {
    const { send, lastCode } = startService();
    await send("POST", "/v1/sign-up", { body: account });

    const { status, body } = await send("POST", "/v1/sign-up/confirm", {
      body: { username, code: lastCode() },
    });

    expect(status).toBe(200);
    expect(body).toEqual({ status: "confirmed" });
  });

  test("answers a wrong code, a confirmed account and an unknown user alike", async () => {
    const { send, signUp } = startService();
    await send("POST", "/v1/sign-up", { body: { ...account, username: "waiting@example.com" } });
    await signUp();

    const answers = await Promise.all(
      ["waiting@example.com", username, "nobody@example.com"].map((name) =>
        send("POST", "/v1/sign-up/confirm", { body: { username: name, code: "000000" } }),
      ),
    );

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([422, "code_mismatch"]),
    );
  });

  test("stops taking codes after too many wrong ones", async () => {
    const { send, lastCode } = startService({
      provider: { limits: { wrongTriesPerCode: 1, confirmationsPerHour: 1 } },
    });
    await send("POST", "/v1/sign-up", { body: account });
    const wrong = lastCode() === "000000" ? "111111" : "000000";
    await send("POST", "/v1/sign-up/confirm", { body: { username, code: wrong } });

    const { status, headers, body } = await send("POST", "/v1/sign-up/confirm", {
      body: { username, code: lastCode() },
    });

    expect(status).toBe(429);
    expect(body.code).toBe("too_many_attempts");
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
  });
});

describe("resendConfirmation", () => {
  test("sends a new code", async () => {
    const { send, outbox } = startService();
    await send("POST", "/v1/sign-up", { body: account });

    const { status, body } = await send("POST", "/v1/sign-up/resend", { body: { username } });

    expect(status).toBe(202);
    expect(body).toEqual({ status: "accepted" });
    expect(outbox.messagesFor(username)).toHaveLength(2);
  });

  test("answers whoever waits, whoever is confirmed and nobody alike", async () => {
    const { send, signUp } = startService();
    await send("POST", "/v1/sign-up", { body: { ...account, username: "waiting@example.com" } });
    await signUp();

    const answers = await Promise.all(
      ["waiting@example.com", username, "nobody@example.com"].map((name) =>
        send("POST", "/v1/sign-up/resend", { body: { username: name } }),
      ),
    );

    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      Array(3).fill([202, '{"status":"accepted"}']),
    );
  });
});

/** @see https://www.usenix.org/conference/usenixsecurity22/presentation/sudhodanan (pre-hijacked accounts) */
describe("an address that a stranger has signed up", () => {
  const squatters = { username, password: "Squatter-Horse-9" };

  async function squat() {
    const service = startService();
    await service.send("POST", "/v1/sign-up", { body: squatters });
    await service.send("POST", "/v1/sign-up", { body: account });
    const confirm = (more: object = {}) =>
      service.send("POST", "/v1/sign-up/confirm", {
        body: { username, code: service.lastCode(), ...more },
      });
    const signIn = async (body: object) =>
      (await service.send("POST", "/v1/sign-in", { body })).status;
    return { confirm, signIn };
  }

  test("is its owner's once they have confirmed with a password of theirs", async () => {
    const { confirm, signIn } = await squat();

    const { status } = await confirm({ password: "Owner-Horse-10" });

    expect(status).toBe(200);
    expect(await signIn({ username, password: "Owner-Horse-10" })).toBe(200);
    expect(await signIn(squatters)).toBe(401);
  });

  test("is the last one's to have signed up, where no password comes along", async () => {
    const { confirm, signIn } = await squat();

    await confirm();

    expect(await signIn({ username, password })).toBe(200);
    expect(await signIn(squatters)).toBe(401);
  });

  test("is not confirmed with a weak password, whoever asks", async () => {
    const { confirm } = await squat();

    for (const more of [{}, { code: "000000" }, { username: "nobody@example.com" }]) {
      const { status, body } = await confirm({ password: "Short-1", ...more });
      expect([status, body.code]).toEqual([422, "password_policy_violation"]);
    }
  });
});
