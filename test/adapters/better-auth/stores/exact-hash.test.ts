import { describe, expect, test } from "vitest";
import {
  markedHash,
  passwordFormOf,
  passwordInForm,
  readHash,
} from "../../../../src/adapters/better-auth/stores/exact-hash.ts";

const oneForm = "Correct-Horse-1";
/** A password of which NFKC makes another one. */
const twoForms = "Correct\uff0dHorse-1";

describe("the form that a password is hashed in", () => {
  test("is the plain one, unless NFKC makes another password of it", () => {
    expect(passwordFormOf(oneForm)).toBe("plain");
    expect(passwordFormOf(twoForms)).toBe("encoded");
    // NFC would leave it as it is.
    expect(passwordFormOf("\ufb01")).toBe("encoded");
  });

  test("is the password itself, or base64url of its bytes, which has one form only", () => {
    expect(passwordInForm("plain", twoForms)).toBe(twoForms);
    expect(passwordInForm("encoded", "\ufb01")).toBe("76yB");
  });
});

describe("a hash that is kept", () => {
  test.each(["plain", "encoded"] as const)("tells that the %s form was hashed", (form) => {
    const marked = markedHash(form, "salt:key");

    expect(marked).toBe(`portico:${form} salt:key`);
    expect(readHash(marked)).toEqual({ form, hash: "salt:key" });
  });

  test.each(["salt:key", "salt:key portico:plain ", ""])("tells of no form in %j", (hash) => {
    expect(readHash(hash)).toEqual({ form: undefined, hash });
  });
});
