import { describe, expect, it } from "vitest";
import type { CognitoFeature } from "../../../../src/adapters/cognito/features.ts";
import type { UserFilter } from "../../../../src/domain/administration.ts";
import { answers, generatedUsername } from "../../../support/cognito-upstream-answers.ts";
import { calls, password, providerAt, startUpstream, username } from "../fixtures.ts";

const pool = { UserPoolId: "eu-central-1_example" };
const user = { ...pool, Username: username };
const wire = {
  Username: "ada",
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserCreateDate: 1_800_000_000.9,
  UserLastModifiedDate: 1_800_000_100,
};
const attributes = [
  { Name: "sub", Value: "subject-1" },
  { Name: "email", Value: username },
  { Name: "email_verified", Value: "true" },
];
const record = {
  subject: "subject-1",
  username: "ada",
  status: "confirmed",
  enabled: true,
  createdAt: 1_800_000_000,
  updatedAt: 1_800_000_100,
  attributes: { email: username, email_verified: true },
};

describe("an administrator's operation", () => {
  it.each([
    ["getUser", "AdminGetUser", user],
    [
      "updateUser",
      "AdminUpdateUserAttributes",
      { ...user, UserAttributes: [{ Name: "nickname", Value: "Ada" }] },
    ],
    ["deleteUser", "AdminDeleteUser", user],
    ["confirmUser", "AdminConfirmSignUp", user],
    ["disableUser", "AdminDisableUser", user],
    ["enableUser", "AdminEnableUser", user],
    ["requirePasswordReset", "AdminResetUserPassword", user],
    ["setPassword", "AdminSetUserPassword", { ...user, Password: password, Permanent: true }],
    ["signOutUser", "AdminUserGlobalSignOut", user],
    ["listUserGroups", "AdminListGroupsForUser", { ...user, Limit: 10 }],
    ["addToGroup", "AdminAddUserToGroup", { ...user, GroupName: "readers" }],
    ["removeFromGroup", "AdminRemoveUserFromGroup", { ...user, GroupName: "readers" }],
    ["listUsers", "ListUsers", { ...pool, Limit: 10 }],
  ] as const)("%s is a signed %s", async (method, operation, input) => {
    const upstream = await startUpstream();

    await calls[method](providerAt(upstream));

    expect(upstream.requests).toEqual([
      { operation, input, authorization: expect.stringContaining("AWS4-HMAC-SHA256") },
    ]);
  });

  it("deletes attributes whose values are blank", async () => {
    const upstream = await startUpstream();

    await providerAt(upstream).updateUser({ username, attributes: { nickname: "" } });

    expect(upstream.requests[0]?.input.UserAttributes).toEqual([{ Name: "nickname", Value: "" }]);
  });
});

describe("a user", () => {
  it("is read with second factors where it stands alone", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminGetUser",
      answers({
        ...wire,
        UserAttributes: attributes,
        UserMFASettingList: ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"],
      }),
    );

    await expect(providerAt(upstream).getUser({ username })).resolves.toEqual({
      ...record,
      mfa: ["totp", "email_code"],
    });
  });

  const unapproved: readonly CognitoFeature[] = [];
  const approved: readonly CognitoFeature[] = ["sign_up_approval"];

  it.each([
    ["UNCONFIRMED", unapproved, "unconfirmed"],
    ["UNCONFIRMED", approved, "approval_required"],
    ["CONFIRMED", approved, "confirmed"],
    ["FORCE_CHANGE_PASSWORD", unapproved, "invited"],
    ["RESET_REQUIRED", unapproved, "password_reset_required"],
    ["EXTERNAL_PROVIDER", unapproved, "external"],
    ["COMPROMISED", unapproved, "password_reset_required"],
    ["A_STATUS_OF_NEXT_YEAR", unapproved, "password_reset_required"],
  ])("that is %s, in a pool with %j, is %s", async (UserStatus, features, status) => {
    const upstream = await startUpstream();
    upstream.script("AdminGetUser", answers({ ...wire, UserStatus, UserAttributes: attributes }));

    const read = providerAt(upstream, { features }).getUser({ username });

    await expect(read).resolves.toMatchObject({ status });
  });

  it.each([
    ["no status", { UserStatus: undefined }],
    ["no name", { Username: undefined }],
    ["no time of creation", { UserCreateDate: undefined }],
    ["no time of change", { UserLastModifiedDate: undefined }],
    ["no attributes", { UserAttributes: undefined }],
    ["no subject", { UserAttributes: [] }],
  ])("with %s fails for the provider's fault", async (_what, change) => {
    const upstream = await startUpstream();
    upstream.script("AdminGetUser", answers({ ...wire, UserAttributes: attributes, ...change }));

    await expect(providerAt(upstream).getUser({ username })).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });
});

describe("a listing", () => {
  it("goes on where Cognito says, whether or not a page has users", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "ListUsers",
      answers({ Users: [], PaginationToken: "page-2" }),
      answers({ Users: [{ ...wire, Attributes: attributes }] }),
    );
    const identity = providerAt(upstream);

    const first = await identity.listUsers({ limit: 60 });
    const second = await identity.listUsers({ limit: 60, cursor: first.cursor ?? "" });

    expect(first).toEqual({ items: [], cursor: "page-2" });
    expect(second).toEqual({ items: [record] });
    expect(upstream.requests[1]?.input).toEqual({
      ...pool,
      Limit: 60,
      PaginationToken: "page-2",
    });
  });

  it("of groups goes on likewise", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminListGroupsForUser",
      answers({ Groups: [{ GroupName: "admins" }], NextToken: "page-2" }),
      answers({ Groups: [{ GroupName: "readers" }] }),
    );
    const identity = providerAt(upstream);

    const first = await identity.listUserGroups({ username, limit: 1 });
    const second = await identity.listUserGroups({ username, limit: 1, cursor: "page-2" });

    expect([first, second]).toEqual([
      { items: ["admins"], cursor: "page-2" },
      { items: ["readers"] },
    ]);
    expect(upstream.requests[1]?.input).toMatchObject({ Limit: 1, NextToken: "page-2" });
  });

  it.each<[UserFilter["field"], UserFilter["operator"], string, string]>([
    ["email", "equals", "ada@example.com", 'email = "ada@example.com"'],
    ["username", "starts_with", "ad", 'username ^= "ad"'],
    ["phone_number", "starts_with", "+49", 'phone_number ^= "+49"'],
    ["status", "equals", "confirmed", 'cognito:user_status = "CONFIRMED"'],
    ["status", "equals", "approval_required", 'cognito:user_status = "UNCONFIRMED"'],
    ["enabled", "equals", "true", 'status = "Enabled"'],
    ["enabled", "equals", "false", 'status = "Disabled"'],
    // Nothing in a value ends the quotation.
    ["name", "equals", 'x" or name ^= "', 'name = "x\\" or name ^= \\""'],
    ["name", "equals", 'x\\" or name ^= \\"', 'name = "x\\\\\\" or name ^= \\\\\\""'],
    ["name", "equals", "x\\", 'name = "x\\\\"'],
  ])("by %s that %s %j is asked for as %s", async (field, operator, value, expected) => {
    const upstream = await startUpstream();

    const filter = { field, operator, value };
    await providerAt(upstream).listUsers({ limit: 10, filter });

    expect(upstream.requests[0]?.input.Filter).toBe(expected);
  });

  it.each<[UserFilter["field"], string]>([
    // Administrators confirm sign-ups in this pool: nobody is merely unconfirmed.
    ["status", "unconfirmed"],
    ["status", 'CONFIRMED"'],
    ["status", "constructor"],
    ["enabled", "perhaps"],
  ])("by %s that is %s has nobody, and asks nobody", async (field, value) => {
    const upstream = await startUpstream();

    const filter = { field, operator: "equals", value } as const;
    const listed = providerAt(upstream).listUsers({ limit: 10, filter });

    await expect(listed).resolves.toEqual({ items: [] });
    expect(upstream.requests).toHaveLength(0);
  });

  it.each<[UserFilter, string]>([
    [{ field: "status", operator: "starts_with", value: "con" }, "not_supported"],
    [{ field: "enabled", operator: "starts_with", value: "t" }, "not_supported"],
    [{ field: "name", operator: "equals", value: "x".repeat(256) }, "too_long"],
    [{ field: "name", operator: "equals", value: '"'.repeat(130) }, "too_long"],
  ])("by %j is refused as %s", async (filter, reason) => {
    const upstream = await startUpstream();

    await expect(providerAt(upstream).listUsers({ limit: 10, filter })).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["filter"], reason }],
    });
    expect(upstream.requests).toHaveLength(0);
  });
});

describe("an invitation", () => {
  it.each([
    [{ username, attributes: { email: username } }, ["EMAIL"]],
    [{ username, attributes: {} }, ["EMAIL"]],
    [{ username: "ada", attributes: { phone_number: "+491701234567" } }, ["SMS"]],
    [{ username: "+491701234567", attributes: {} }, ["SMS"]],
    [
      { username: "ada", attributes: { phone_number: "+491701234567", email: username } },
      ["EMAIL"],
    ],
  ])("of %j goes by %j", async (input, mediums) => {
    const upstream = await startUpstream();

    await providerAt(upstream).createUser(input);

    expect(upstream.requests[0]?.input).toMatchObject({ DesiredDeliveryMediums: mediums });
    expect(upstream.requests[0]?.input).not.toHaveProperty("MessageAction");
  });

  it("may be left out", async () => {
    const upstream = await startUpstream();
    const input = { username, attributes: { email: username, email_verified: "true" } };

    const created = await providerAt(upstream).createUser({
      ...input,
      temporaryPassword: password,
      invite: false,
    });

    expect(upstream.requests[0]?.input).toEqual({
      ...user,
      UserAttributes: [
        { Name: "email", Value: username },
        { Name: "email_verified", Value: "true" },
      ],
      TemporaryPassword: password,
      MessageAction: "SUPPRESS",
    });
    expect(created).toMatchObject({ username: generatedUsername, status: "invited" });
  });
});

describe("an invitation that is sent again", () => {
  it.each([
    [[{ Name: "email", Value: username }], "EMAIL"],
    [[{ Name: "phone_number", Value: "+14155550123" }], "SMS"],
  ])("goes where the user with %j can be told", async (addresses, medium) => {
    const upstream = await startUpstream();
    const UserAttributes = [{ Name: "sub", Value: "subject-1" }, ...addresses];
    upstream.script("AdminGetUser", answers({ ...wire, UserAttributes }));

    await providerAt(upstream).resendInvitation({ username: "ada" });

    expect(upstream.requests.at(-1)).toMatchObject({
      operation: "AdminCreateUser",
      input: {
        ...pool,
        Username: "ada",
        MessageAction: "RESEND",
        DesiredDeliveryMediums: [medium],
      },
    });
  });
});
