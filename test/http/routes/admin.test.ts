import { describe, expect, test } from "vitest";
import { ada, everything, startAdministered } from "../admin-support.ts";
import { password, startService, username } from "../support.ts";

describe("who may administer", () => {
  test.each(everything)("is nobody else: %s %s", async (method, target, body?: object) => {
    const { send, signIn } = await startAdministered();
    const { access_token: token } = await signIn();
    const before = await send("GET", "/v1/me", { token });

    const refused = await send(method, target, { token, ...(body && { body }) });
    const anonymous = await send(method, target, body && { body });

    expect([refused.status, refused.body.code]).toEqual([403, "insufficient_scope"]);
    expect(refused.headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="portico", error="insufficient_scope"',
    );
    expect([anonymous.status, anonymous.headers.get("WWW-Authenticate")]).toEqual([
      401,
      'Bearer realm="portico"',
    ]);
    expect((await send("GET", "/v1/me", { token })).text).toBe(before.text);
  });

  test("is nobody by default", async () => {
    const { send, adminToken } = startService();
    const token = await adminToken();

    const { status } = await send("GET", "/v1/admin/users", { token });

    expect(status).toBe(403);
  });

  test("can be told by a scope, which a refusal then names", async () => {
    const scopes = ["aws.cognito.signin.user.admin"];
    const { send, signedIn } = startService({ administrators: { groups: [], scopes } });
    const other = startService({ administrators: { groups: [], scopes: ["users/write"] } });

    const allowed = await send("GET", "/v1/admin/users", {
      token: (await signedIn()).access_token,
    });
    const refused = await other.send("GET", "/v1/admin/users", {
      token: (await other.signedIn()).access_token,
    });

    expect([allowed.status, refused.status]).toEqual([200, 403]);
    expect(refused.headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="portico", error="insufficient_scope", scope="users/write"',
    );
  });

  test("is recorded with what was done", async () => {
    const { act, events } = await startAdministered();

    await act("POST", `${ada}/disable`);

    expect(events.at(-1)).toMatchObject({
      type: "administration",
      action: "disableUser",
      outcome: "success",
      subject: expect.any(String),
    });
  });
});

describe("adminListUsers", () => {
  test("goes through all users page by page", async () => {
    const { act } = await startAdministered();

    const first = await act("GET", "/v1/admin/users?limit=1");
    const next = await act("GET", `/v1/admin/users?limit=1&cursor=${first.body.cursor}`);

    const emails = [first, next].flatMap(({ text }) =>
      JSON.parse(text).users.map(({ attributes }: { attributes: object }) => attributes),
    );
    expect(emails).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ email: username }),
        expect.objectContaining({ email: "root@example.com" }),
      ]),
    );
    expect(next.body.cursor).toBeUndefined();
  });

  test("narrows by a filter", async () => {
    const { act } = await startAdministered();

    const { body } = await act(
      "GET",
      `/v1/admin/users?filter=${encodeURIComponent(`email eq "${username}"`)}`,
    );

    expect(body).toEqual({
      users: [
        {
          sub: expect.any(String),
          username: expect.any(String),
          status: "confirmed",
          enabled: true,
          created_at: expect.any(Number),
          updated_at: expect.any(Number),
          attributes: expect.objectContaining({ email: username, email_verified: true }),
          mfa: [],
        },
      ],
    });
  });

  test("refuses a cursor that it never gave", async () => {
    const { act } = await startAdministered();

    const { status, body } = await act("GET", "/v1/admin/users?cursor=made-up");

    expect([status, body.errors]).toEqual([
      400,
      [{ pointer: "/cursor", reason: expect.any(String) }],
    ]);
  });
});

describe("adminCreateUser", () => {
  test("invites a user, whose address counts as proven where it says so", async () => {
    const { act, outbox } = await startAdministered();
    const email = "grace@example.com";
    const attributes = { email, email_verified: true };

    const { status, body } = await act("POST", "/v1/admin/users", { username: email, attributes });
    const taken = await act("POST", "/v1/admin/users", { username: email, attributes });

    expect([status, body.status]).toEqual([201, "invited"]);
    expect(body.attributes).toMatchObject(attributes);
    expect(outbox.messagesFor(email).map(({ purpose }) => purpose)).toEqual(["invitation"]);
    expect([taken.status, taken.body.code]).toEqual([409, "username_taken"]);
  });

  test("tells nobody, and takes a temporary password, where it is told so", async () => {
    const { act, send, outbox } = await startAdministered();
    const email = "grace@example.com";

    await act("POST", "/v1/admin/users", {
      username: email,
      temporary_password: "Temporary-Horse-1",
      invite: false,
    });

    const signIn = { username: email, password: "Temporary-Horse-1" };
    const { body } = await send("POST", "/v1/sign-in", { body: signIn });
    expect(outbox.messagesFor(email)).toEqual([]);
    expect(body.challenge).toMatchObject({ type: "new_password" });
  });

  test.each([
    [{ temporary_password: "short" }, 422, "/temporary_password"],
    [{ attributes: { email: 1 } }, 400, "/attributes/email"],
    [{ invite: "yes" }, 400, "/invite"],
    [{ username: "" }, 400, "/username"],
  ])("refuses %j with %i", async (change, expected, pointer) => {
    const { act } = await startAdministered();

    const { status, body } = await act("POST", "/v1/admin/users", {
      username: "grace@example.com",
      ...change,
    });

    expect(status).toBe(expected);
    expect(body.errors).toContainEqual({ pointer, reason: expect.any(String) });
  });
});

/** @see https://github.com/aws-amplify/amplify-js/issues/2955 */
describe("adminResendInvitation", () => {
  const bob = "bob@example.com";
  const invitation = `/v1/admin/users/${bob}/invitation`;

  test("sends another temporary password in place of the one before", async () => {
    const { act, send, outbox } = await startAdministered();
    await act("POST", "/v1/admin/users", { username: bob });
    const first = outbox.messagesFor(bob).at(-1)?.code;

    const { status } = await act("POST", invitation);

    const second = outbox.messagesFor(bob).at(-1)?.code;
    const signInWith = async (password?: string) =>
      (await send("POST", "/v1/sign-in", { body: { username: bob, password } })).status;
    expect(status).toBe(204);
    expect([await signInWith(first), await signInWith(second)]).toEqual([401, 200]);
  });

  test("is a conflict for who has a password, and not found for who is not there", async () => {
    const { act } = await startAdministered();

    const taken = await act("POST", `${ada}/invitation`);
    const missing = await act("POST", invitation);

    expect([taken.status, taken.body.code]).toEqual([409, "conflict"]);
    expect([missing.status, missing.body.code]).toEqual([404, "user_not_found"]);
  });

  test("says that there is no address to send it to", async () => {
    const { act, identity } = await startAdministered({ signInModel: "username" });
    await identity.createUser({ username: "carol", attributes: {}, invite: false });

    const { status, body } = await act("POST", "/v1/admin/users/carol/invitation");

    expect([status, body.code]).toEqual([502, "delivery_failed"]);
  });
});

describe("adminResetMfa", () => {
  test("lets a user in with the password alone who has lost a factor, and ends every session", async () => {
    const { act, send, signIn } = await startAdministered();
    const { access_token: token, refresh_token } = await signIn();
    await send("PUT", "/v1/me/mfa", { token, body: { enabled: ["email_code"] } });
    const asked = await send("POST", "/v1/sign-in", { body: { username, password } });

    const { status } = await act("DELETE", `${ada}/mfa`);

    expect(asked.body.status).toBe("challenge");
    expect(status).toBe(204);
    expect((await send("GET", "/v1/session", { token })).body.code).toBe("token_revoked");
    const refresh = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    expect(refresh.body.code).toBe("invalid_refresh_token");
    const again = await send("POST", "/v1/sign-in", { body: { username, password } });
    expect(again.body.status).toBe("signed_in");
  });

  test("says who is not there", async () => {
    const { act } = await startAdministered();

    const { status, body } = await act("DELETE", "/v1/admin/users/nobody@example.com/mfa");

    expect([status, body.code]).toEqual([404, "user_not_found"]);
  });
});
