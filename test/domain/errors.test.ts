import { describe, expect, test } from "vitest";
import { hasIdentityCode, IdentityError, isIdentityError } from "../../src/domain/errors.ts";

/** An error as another copy of the package throws it, which no `instanceof` knows. */
function fromAnotherCopy(code: string): Error {
  return Object.assign(new Error(code), { name: "IdentityError", code });
}

describe("an identity error", () => {
  test("is known by its code, among those that were asked for", () => {
    const error: unknown = new IdentityError("user_not_found");

    expect(isIdentityError(error, "code_mismatch", "user_not_found")).toBe(true);
    expect(isIdentityError(error, "code_mismatch")).toBe(false);
    expect(isIdentityError(error)).toBe(true);
  });

  test("is known where another copy of the package threw it", () => {
    expect(isIdentityError(fromAnotherCopy("user_not_found"), "user_not_found")).toBe(true);
  });

  test("with a code of a newer copy is one, but none of the codes that are known here", () => {
    const error = fromAnotherCopy("made_up_tomorrow");

    expect(hasIdentityCode(error)).toBe(true);
    expect(isIdentityError(error)).toBe(false);
  });

  test.each<[string, unknown]>([
    ["an object that is no error", { name: "IdentityError", code: "user_not_found" }],
    [
      "another kind of error with that code",
      Object.assign(new Error(), { code: "user_not_found" }),
    ],
    ["an error without a code", Object.assign(new Error(), { name: "IdentityError" })],
    ["nothing", undefined],
  ])("is not %s", (_what, error) => {
    expect(isIdentityError(error)).toBe(false);
    expect(hasIdentityCode(error)).toBe(false);
  });

  test("shows its code where it has no sentence to show", () => {
    expect(new IdentityError("blocked").message).toBe("blocked");
    expect(new IdentityError("blocked", { detail: "Try later." }).message).toBe("Try later.");
  });

  test("keeps its cause, and has none where there is none", () => {
    const cause = new Error("of the upstream");

    expect(new IdentityError("provider_unavailable", { cause }).cause).toBe(cause);
    expect(new IdentityError("provider_unavailable")).not.toHaveProperty("cause");
  });
});
