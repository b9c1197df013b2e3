import { describe, expect, test } from "vitest";
import { startService } from "../support.ts";

describe("an answer to a challenge", () => {
  test.each<[string, object, readonly object[]]>([
    ["no type", { session: "s" }, [{ pointer: "/type", reason: "required" }]],
    [
      "a type that nobody knows",
      { type: "riddle", session: "s" },
      [{ pointer: "/type", reason: "invalid_value" }],
    ],
    [
      "no session and no code",
      { type: "totp" },
      [
        { pointer: "/session", reason: "required" },
        { pointer: "/code", reason: "required" },
      ],
    ],
    [
      "the answer to another type",
      { type: "totp", session: "s", code: "1", new_password: "x" },
      [{ pointer: "/new_password", reason: "unknown_member" }],
    ],
    [
      "neither method nor code",
      { type: "mfa_setup", session: "s" },
      [{ pointer: "/method", reason: "required" }],
    ],
    [
      "method and code",
      { type: "mfa_setup", session: "s", method: "totp", code: "1", device_name: "x" },
      [
        { pointer: "/code", reason: "not_allowed" },
        { pointer: "/device_name", reason: "not_allowed" },
      ],
    ],
    [
      "the factor password without one",
      { type: "select_factor", session: "s", factor: "password" },
      [{ pointer: "/password", reason: "required" }],
    ],
    [
      "a password for another factor",
      { type: "select_factor", session: "s", factor: "email_code", password: "x" },
      [{ pointer: "/password", reason: "not_allowed" }],
    ],
    [
      "a credential that is no object",
      { type: "passkey", session: "s", credential: [] },
      [{ pointer: "/credential", reason: "invalid_type" }],
    ],
    [
      "a credential of endless depth",
      {
        type: "passkey",
        session: "s",
        credential: JSON.parse(`${'{"a":'.repeat(9)}1${"}".repeat(9)}`),
      },
      [{ pointer: "/credential", reason: "too_deep" }],
    ],
    [
      "half a character",
      { type: "new_password", session: "s", new_password: "x", attributes: { name: "\ud800" } },
      [{ pointer: "/attributes/name", reason: "invalid_characters" }],
    ],
    [
      "a session with a control character",
      { type: "custom", session: "s\n", answer: "" },
      [{ pointer: "/session", reason: "invalid_characters" }],
    ],
  ])("is refused with %s", async (_case, body, errors) => {
    const { send } = startService();

    const refused = await send("POST", "/v1/sign-in/challenge", { body });

    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: "validation_failed", errors });
  });
});
