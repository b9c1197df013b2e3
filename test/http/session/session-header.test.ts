import { describe, expect, test } from "vitest";
import { isSecureAddress } from "../../../src/http/session/session-header.ts";

describe("a connection", () => {
  test.each([
    ["https://id.example.com/v1/me", undefined, true],
    // Somebody ends TLS in front of the service.
    ["http://id.example.com/v1/me", undefined, true],
    ["http://10.0.0.7:8080/v1/me", undefined, true],
    ["http://127.0.0.1:8080/v1/me", "https://id.example.com", true],
    ["https://localhost/v1/me", undefined, true],
    ["http://localhost:8080/v1/me", undefined, false],
    ["http://127.0.0.1:8080/v1/me", undefined, false],
    ["http://[::1]:8080/v1/me", undefined, false],
    ["http://localhost:8080/v1/me", "http://localhost:8080", false],
    ["http://localhost.example.com/v1/me", undefined, true],
  ])(
    "to %s, where the service is %s, is for cookies that are kept to TLS: %s",
    (url, own, expected) => {
      expect(isSecureAddress(url, own)).toBe(expected);
    },
  );
});
