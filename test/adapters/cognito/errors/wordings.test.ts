import { describe, expect, it } from "vitest";
import { translate } from "../../../../src/adapters/cognito/errors/exceptions.ts";
import { isAboutClientSecret } from "../../../../src/adapters/cognito/errors/not-authorized.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import type { Method } from "../fixtures.ts";

const unavailable = { code: "provider_unavailable", retryAfterSeconds: 5 };

function reading(method: Method, name: string, message: string) {
  return translate(Object.assign(new Error(message), { name }), method);
}

describe("what is caught", () => {
  it("stays what it is where it is in our terms already", () => {
    const error = new IdentityError("provider_timeout");

    expect(translate(error, "signIn")).toBe(error);
  });

  it.each([
    ["text", "NotAuthorizedException"],
    ["nothing", undefined],
    ["an object that is no error", { name: "UserNotFoundException", message: "none" }],
  ])("says nothing about the user where it is %s", (_what, caught) => {
    const error = translate(caught, "signIn");

    expect(error).toMatchObject(unavailable);
    expect(error.cause).toBe(caught);
  });

  it.each(["UserNotExceptionFound", "UserNotFoundExceptionOfNextYear", "toString", ""])(
    "says nothing about the user where its name is %j",
    (name) => {
      expect(reading("getUser", name, "none")).toMatchObject(unavailable);
    },
  );
});

describe("an InvalidParameterException", () => {
  const of = (method: Method, message: string) =>
    reading(method, "InvalidParameterException", message);
  const unknown = "A sentence of next year.";

  it("that names no member is ours to set right", () => {
    expect(of("signUp", "1 validation error detected: none")).toMatchObject({
      code: "provider_misconfigured",
    });
  });

  it.each([
    ["email", ["attributes", "email"]],
    ["custom:plan", ["attributes", "custom:plan"]],
    ["custom:a_name_of_more_than_32_signs", ["attributes"]],
    ["what is no name", ["attributes"]],
  ])("that misses %j names the attribute where it has a name", (name, path) => {
    expect(of("signUp", `Invalid attributes given, ${name} is missing`)).toMatchObject({
      code: "validation_failed",
      violations: [{ path, reason: "required" }],
    });
  });

  it.each<[Method, string]>([
    ["signIn", "invalid_credentials"],
    ["answerChallenge", "challenge_expired"],
    ["confirmSignUp", "code_mismatch"],
    ["resendConfirmation", "user_not_found"],
    ["startPasswordReset", "user_not_found"],
    ["resetPassword", "code_mismatch"],
    ["disableUser", "user_not_found"],
    ["signUp", "validation_failed"],
    ["createUser", "validation_failed"],
  ])("about the user name means to %s what a name means that nobody has", (method, code) => {
    const message = "1 validation error detected: Value at 'username' failed to satisfy constraint";

    expect(of(method, message)).toMatchObject({ code });
  });

  it("is about the user name only where it begins with it", () => {
    const code = (message: string) => of("signIn", message).code;

    expect(code("Username should be an email.")).toBe("invalid_credentials");
    expect(code("Whoever has this username cannot do that.")).toBe("provider_misconfigured");
  });

  it("about the schema names the attributes of the lines that name one", () => {
    const lines = ["email: bad", "nobody knows why: bad", "  plan: \tbad", "name:bad", "name", ""];

    const error = of("signUp", `Attributes did not conform to the schema: ${lines.join("\n")}`);

    expect(error.violations).toEqual([
      { path: ["attributes", "email"], reason: "invalid" },
      { path: ["attributes", "plan"], reason: "invalid" },
    ]);
  });

  it("about the schema that lists nothing names no attribute", () => {
    const error = of("signUp", "Attributes did not conform to the schema");

    expect(error).toMatchObject({ code: "validation_failed", violations: [] });
  });

  it.each<[Method, string]>([
    ["signUp", "validation_failed"],
    ["confirmSignUp", "code_mismatch"],
    ["resendConfirmation", "user_not_found"],
    ["signIn", "provider_misconfigured"],
    ["refresh", "invalid_refresh_token"],
    ["signOut", "invalid_refresh_token"],
    ["startPasswordReset", "recovery_unavailable"],
    ["resetPassword", "code_mismatch"],
    ["getProfile", "invalid_token"],
    ["confirmAttribute", "code_mismatch"],
    ["confirmTotp", "code_mismatch"],
    ["setMfa", "mfa_not_available"],
    ["endSession", "not_found"],
    ["finishPasskeyRegistration", "passkey_rejected"],
    ["deletePasskey", "not_found"],
    ["disableUser", "validation_failed"],
    ["requirePasswordReset", "recovery_unavailable"],
  ])("that nobody knows means to %s what it mostly means to it", (method, code) => {
    expect(of(method, unknown)).toMatchObject({ code });
  });
});

describe("a NotAuthorizedException", () => {
  it.each<[Method, string, object]>([
    ["answerChallenge", "Cannot modify it", { code: "attribute_not_writable" }],
    ["resetPassword", "A sentence of next year.", { code: "code_mismatch" }],
    ["getProfile", "A sentence of next year.", { code: "invalid_token", rejection: "malformed" }],
  ])("means to %s with %j what it is", (method, message, expected) => {
    expect(reading(method, "NotAuthorizedException", message)).toMatchObject(expected);
  });

  it("is about the client's secret where it says so", () => {
    expect(isAboutClientSecret(new Error("Unable to verify Secret hash for client"))).toBe(true);
    expect(isAboutClientSecret(new Error("Incorrect username or password."))).toBe(false);
    expect(isAboutClientSecret({ message: "secret" })).toBe(false);
    expect(isAboutClientSecret(undefined)).toBe(false);
  });
});
