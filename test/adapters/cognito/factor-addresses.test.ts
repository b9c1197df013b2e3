import { describe, expect, it } from "vitest";
import { answers } from "../../support/cognito-upstream-answers.ts";
import { accessToken, providerAt, startUpstream, username } from "./fixtures.ts";

const user = { Username: "ada", UserAttributes: [{ Name: "sub", Value: "subject-1" }] };

describe.each(["user", "administrator"] as const)("an address that the %s deletes", (who) => {
  async function update(attributes: Record<string, string>, UserMFASettingList?: string[]) {
    const upstream = await startUpstream();
    const found = answers({ ...user, ...(UserMFASettingList && { UserMFASettingList }) });
    upstream.script("GetUser", found);
    upstream.script("AdminGetUser", found);
    const identity = providerAt(upstream);
    const outcome: unknown = await (who === "user"
      ? identity.updateAttributes({ accessToken, attributes })
      : identity.updateUser({ username, attributes })
    ).then(
      () => "done",
      (error: unknown) => error,
    );
    return { outcome, operations: upstream.requests.map(({ operation }) => operation) };
  }

  it.each([
    ["phone_number", ["SMS_MFA"]],
    ["email", ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]],
  ])("is kept, as codes go there: %s", async (name, methods) => {
    const { outcome, operations } = await update({ [name]: "", nickname: "Ada" }, methods);

    expect(outcome).toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["attributes", name], reason: "second_factor" }],
    });
    expect(operations).toHaveLength(1);
  });

  it.each([[undefined], [["SOFTWARE_TOKEN_MFA"]], [["EMAIL_OTP"]]])(
    "is deleted where none go there, with the second factors %j",
    async (methods) => {
      const { outcome, operations } = await update({ phone_number: "" }, methods);

      expect(outcome).toBe("done");
      expect(operations).toHaveLength(2);
    },
  );

  it("alone is asked about", async () => {
    const { operations } = await update({ phone_number: "+14155550123", nickname: "" });

    expect(operations).toHaveLength(1);
  });
});
