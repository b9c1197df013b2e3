import { describe, expect, test } from "vitest";
import { sessionView } from "../../src/http/views.ts";

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
