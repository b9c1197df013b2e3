import { describe, expect, test } from "vitest";
import { parseUserFilter } from "../../../src/http/request/scim-filter.ts";
import { timed } from "../../support/timed.ts";

describe("parseUserFilter", () => {
  test.each([
    ['email eq "ada@example.com"', "email", "equals", "ada@example.com"],
    ['username sw "ad"', "username", "starts_with", "ad"],
    ['status eq "approval_required"', "status", "equals", "approval_required"],
    ['enabled eq "false"', "enabled", "equals", "false"],
    ['  Family_Name  EQ  "O\\"Hara \\u00e9"  ', "family_name", "equals", 'O"Hara é'],
    ['given_name sw ""', "given_name", "starts_with", ""],
  ])("reads %s", (filter, field, operator, value) => {
    expect(parseUserFilter(filter)).toEqual({ field, operator, value });
  });

  test.each([
    ["ada@example.com", "invalid_syntax"],
    ["email eq ada@example.com", "invalid_syntax"],
    ["email eq 'ada@example.com'", "invalid_syntax"],
    ['email eq "ada', "invalid_syntax"],
    ['email eq "a" or "b"', "invalid_syntax"],
    ['email eq "a" and status eq "confirmed"', "invalid_syntax"],
    ['email eq "\\x"', "invalid_syntax"],
    ['email eq "\\ud800"', "invalid_syntax"],
    ['email eq "a\nb"', "invalid_syntax"],
    ["enabled eq true", "invalid_syntax"],
    ['not (email eq "a")', "invalid_syntax"],
    ['email[type eq "work"]', "invalid_syntax"],
    ['emails.value eq "a"', "unknown_attribute"],
    ['constructor eq "a"', "unknown_attribute"],
    ['email co "a"', "unknown_operator"],
    ['email constructor "a"', "unknown_operator"],
    ['status sw "conf"', "unknown_operator"],
    ['status eq "CONFIRMED"', "invalid_value"],
    ['enabled eq "yes"', "invalid_value"],
  ])("refuses %s as %s", (filter, reason) => {
    expect(() => parseUserFilter(filter)).toThrow(
      expect.objectContaining({
        code: "validation_failed",
        violations: [{ path: ["filter"], reason }],
      }),
    );
  });

  test("gives up at once on what is made to take long", timed, () => {
    const started = performance.now();

    expect(() => parseUserFilter(`email eq "${"\\\\".repeat(100_000)}`)).toThrow();

    expect(performance.now() - started).toBeLessThan(200);
  });
});
