import { describe, expect, test } from "vitest";
import {
  checkNewPassword,
  newUsername,
  normalizeUsername,
  passwordMaxLength,
  passwordMinLength,
  usernameMaxLength,
} from "../../src/domain/credentials.ts";

const composed = "ren\u00e9";
const decomposed = "rene\u0301";

describe("a user name", () => {
  test("is one name in both of its Unicode forms", () => {
    expect(normalizeUsername(decomposed)).toBe(composed);
  });

  test("keeps its case, which is the provider's to fold", () => {
    expect(normalizeUsername("Ada")).toBe("Ada");
  });

  test("is measured in the form that providers see", () => {
    const longest = "e\u0301".repeat(usernameMaxLength);

    expect(normalizeUsername(longest)).toHaveLength(usernameMaxLength);
    expect(() => normalizeUsername(`${longest}e`)).toThrow(refusal("username", "too_long"));
  });

  test.each([
    ["nothing", ""],
    ["a space", "ada lovelace"],
    ["a control character", "ada\u0000"],
    ["a character that nobody sees", "ada\u200b"],
    ["half a character", "ada\ud800"],
  ])("is not made of %s", (_what, name) => {
    expect(() => normalizeUsername(name)).toThrow(refusal("username", "invalid_characters"));
  });

  test.each([".", ".."])("of a new account is not %j, which no path could name", (name) => {
    expect(() => newUsername(name)).toThrow(refusal("username", "dot_segment"));
  });

  test("of an account that there is may be a dot segment, so that whoever has one gets in", () => {
    expect(normalizeUsername("..")).toBe("..");
  });
});

describe("a new password", () => {
  test.each([
    ["too_short", "a".repeat(passwordMinLength - 1)],
    ["too_short", "\u{1f40e}".repeat(passwordMinLength - 1)],
    ["too_long", "a".repeat(passwordMaxLength + 1)],
    ["invalid_characters", `${"a".repeat(passwordMinLength)}\ud800`],
  ])("is refused as %s, where the input has it", (reason, password) => {
    expect(() => checkNewPassword(password, "newPassword")).toThrow(
      expect.objectContaining({
        code: "password_policy_violation",
        violations: [{ path: ["newPassword"], reason }],
      }),
    );
  });

  test.each([
    ["the shortest", "a".repeat(passwordMinLength)],
    ["the longest, in characters and not in UTF-16 units", "\u{1f40e}".repeat(passwordMaxLength)],
    ["one of a single kind of character", "correcthorse"],
  ])("can be %s", (_what, password) => {
    expect(() => checkNewPassword(password, "newPassword")).not.toThrow();
  });
});

function refusal(member: string, reason: string) {
  return expect.objectContaining({
    code: "validation_failed",
    violations: [{ path: [member], reason }],
  });
}
