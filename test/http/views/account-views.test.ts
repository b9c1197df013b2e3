import { describe, expect, test } from "vitest";
import type { Challenge } from "../../../src/domain/challenge.ts";
import { Challenge as ChallengeSchema } from "../../../src/http/schemas/challenge.ts";
import { sessionView } from "../../../src/http/views/account-views.ts";
import { challengeView } from "../../../src/http/views/challenge-view.ts";

describe("sessionView", () => {
  test("leaves out of a program's session what only a person has", () => {
    const view = sessionView({
      kind: "machine",
      subject: "batch",
      issuer: "https://id.example.com",
      clientId: "batch",
      scopes: ["reports/read"],
      issuedAt: 1,
      expiresAt: 2,
    });

    expect(JSON.parse(JSON.stringify(view))).toEqual({
      kind: "machine",
      sub: "batch",
      iss: "https://id.example.com",
      client_id: "batch",
      scopes: ["reports/read"],
      iat: 1,
      exp: 2,
    });
  });
});

describe("challengeView", () => {
  const session = "s";

  test.each<[Challenge, object]>([
    [{ type: "totp", session }, {}],
    [{ type: "totp", session, deviceName: "phone" }, { device_name: "phone" }],
    [
      { type: "sms_code", session, delivery: { medium: "sms", destination: "+***1" } },
      { delivery: { medium: "sms", destination: "+***1" } },
    ],
    [{ type: "email_code", session }, {}],
    [
      { type: "new_password", session, requiredAttributes: ["name"] },
      { required_attributes: ["name"] },
    ],
    [{ type: "mfa_setup", session, methods: ["totp"] }, { methods: ["totp"] }],
    [
      { type: "mfa_setup", session, methods: ["totp"], totp: { secret: "AB", account: "ada" } },
      { methods: ["totp"], totp: { secret: "AB", uri: "otpauth:ABada" } },
    ],
    [{ type: "select_mfa", session, methods: ["totp"] }, { methods: ["totp"] }],
    [{ type: "select_factor", session, factors: ["passkey"] }, { factors: ["passkey"] }],
    [{ type: "passkey", session, options: { challenge: "YQ" } }, { options: { challenge: "YQ" } }],
    [{ type: "custom", session, parameters: { a: "b" } }, { parameters: { a: "b" } }],
    [
      { type: "custom", session, name: "NEW", parameters: {} },
      { name: "NEW", parameters: {} },
    ],
  ])("writes %j in full, and nothing besides", (challenge, rest) => {
    const view = challengeView(challenge, ({ secret, account }) => `otpauth:${secret}${account}`);

    expect(view).toEqual({ type: challenge.type, session, ...rest });
    expect(ChallengeSchema().safeParse(view).success).toBe(true);
  });
});
