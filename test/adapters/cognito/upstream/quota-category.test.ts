import { describe, expect, test } from "vitest";
import { categoryOf } from "../../../../src/adapters/cognito/upstream/quota-category.ts";

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations */
describe("the category of a call", () => {
  test.each([
    ["SignUp", "user_creation"],
    ["AdminConfirmSignUp", "user_creation"],
    ["ConfirmForgotPassword", "user_account_recovery"],
    ["AdminSetUserPassword", "user_account_recovery"],
    ["GetUser", "user_read"],
    ["AdminAddUserToGroup", "user_update"],
    ["RevokeToken", "user_token"],
    ["AdminListGroupsForUser", "user_resource_read"],
    ["SetUserMFAPreference", "user_resource_update"],
    ["ListUsers", "user_list"],
    ["GetTokensFromRefreshToken", "token_refresh"],
  ] as const)("of %s is %s", (operation, category) => {
    expect(categoryOf(operation, {} as never)).toBe(category);
  });

  test("is another for a refresh than for a sign-in by the same operation", () => {
    const ClientId = "client1example";

    expect(categoryOf("InitiateAuth", { ClientId, AuthFlow: "USER_PASSWORD_AUTH" })).toBe(
      "user_authentication",
    );
    expect(categoryOf("InitiateAuth", { ClientId, AuthFlow: "REFRESH_TOKEN_AUTH" })).toBe(
      "token_refresh",
    );
  });

  test("is another for a first password than for other answers to challenges", () => {
    const ClientId = "client1example";
    const answer = (ChallengeName: "SMS_MFA" | "NEW_PASSWORD_REQUIRED") =>
      categoryOf("RespondToAuthChallenge", { ClientId, ChallengeName });

    expect(answer("SMS_MFA")).toBe("challenge_answer");
    expect(answer("NEW_PASSWORD_REQUIRED")).toBe("user_account_recovery");
  });
});
