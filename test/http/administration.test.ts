import { describe, expect, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../src/adapters/memory/index.ts";
import { IdentityError } from "../../src/domain/errors.ts";
import { account, adminGroup, failing, password, startService, username } from "./support.ts";

const administrators = { groups: [adminGroup], scopes: [] };
const ada = `/v1/admin/users/${username}`;

/** A service with a user and an administrator. */
async function start(provider: MemoryIdentityProviderOptions = {}) {
  const service = startService({ provider, administrators });
  await service.signUp();
  const token = await service.adminToken();
  return {
    ...service,
    act: (method: string, target: string, body?: object) =>
      service.send(method, target, { token, ...(body && { body }) }),
  };
}

const everything = [
  ["GET", "/v1/admin/users"],
  ["POST", "/v1/admin/users", { username: "eve@example.com" }],
  ["GET", ada],
  ["PATCH", ada, { attributes: { name: "Eve" } }],
  ["DELETE", ada],
  ["POST", `${ada}/confirm`],
  ["POST", `${ada}/disable`],
  ["POST", `${ada}/enable`],
  ["POST", `${ada}/reset-password`],
  ["POST", `${ada}/set-password`, { password }],
  ["POST", `${ada}/sign-out`],
  ["GET", `${ada}/groups`],
  ["PUT", `${ada}/groups/${adminGroup}`],
  ["DELETE", `${ada}/groups/${adminGroup}`],
] as const;

describe("who may administer", () => {
  test.each(everything)("is nobody else: %s %s", async (method, target, body?: object) => {
    const { send, signIn } = await start();
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
    const { act, events } = await start();

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
    const { act } = await start();

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
    const { act } = await start();

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
    const { act } = await start();

    const { status, body } = await act("GET", "/v1/admin/users?cursor=made-up");

    expect([status, body.errors]).toEqual([
      400,
      [{ pointer: "/cursor", reason: expect.any(String) }],
    ]);
  });
});

describe("adminCreateUser", () => {
  test("invites a user, whose address counts as proven where it says so", async () => {
    const { act, outbox } = await start();
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
    const { act, send, outbox } = await start();
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
    const { act } = await start();

    const { status, body } = await act("POST", "/v1/admin/users", {
      username: "grace@example.com",
      ...change,
    });

    expect(status).toBe(expected);
    expect(body.errors).toContainEqual({ pointer, reason: expect.any(String) });
  });
});

describe("one user", () => {
  test("is read, changed and deleted", async () => {
    const { act } = await start();

    const changed = await act("PATCH", ada, { attributes: { name: "Ada", given_name: "" } });
    const { body } = await act("GET", ada);
    const deleted = await act("DELETE", ada);
    const gone = await act("GET", ada);

    expect([changed.status, deleted.status]).toEqual([204, 204]);
    expect(body.attributes).toMatchObject({ name: "Ada", email: username });
    expect(body.attributes).not.toHaveProperty("given_name");
    expect([gone.status, gone.body.code]).toEqual([404, "user_not_found"]);
  });

  test.each(everything.filter(([, target]) => target.startsWith(ada)))(
    "who is not there is told: %s %s",
    async (method, target, body?: object) => {
      const { act } = await start();

      const answer = await act(method, target.replace(username, "nobody@example.com"), body);

      expect([answer.status, answer.body.code]).toEqual([404, "user_not_found"]);
    },
  );

  test("is shut out and let in again", async () => {
    const { act, send, signIn } = await start();
    const { access_token: token } = await signIn();

    await act("POST", `${ada}/disable`);
    const shutOut = await send("POST", "/v1/sign-in", { body: { username, password } });
    const dead = await send("GET", "/v1/me", { token });
    await act("POST", `${ada}/enable`);
    const letIn = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect([shutOut.status, shutOut.body.code]).toEqual([403, "user_disabled"]);
    expect(dead.body.code).toBe("token_revoked");
    expect(letIn.status).toBe(200);
  });

  test("has to reset the password", async () => {
    const { act, send, outbox } = await start();

    const { status } = await act("POST", `${ada}/reset-password`);
    const signIn = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(status).toBe(204);
    expect(outbox.messagesFor(username).at(-1)?.purpose).toBe("password_reset");
    expect([signIn.status, signIn.body.code]).toEqual([403, "password_reset_required"]);
  });

  test("is given a password, temporary unless it is said to be permanent", async () => {
    const { act, send } = await start();
    const other = "Other-Horse-9";

    await act("POST", `${ada}/set-password`, { password: other });
    const temporary = await send("POST", "/v1/sign-in", { body: { username, password: other } });
    await act("POST", `${ada}/set-password`, { password: other, permanent: true });
    const permanent = await send("POST", "/v1/sign-in", { body: { username, password: other } });
    const weak = await act("POST", `${ada}/set-password`, { password: "short" });

    expect([temporary.body.status, permanent.body.status]).toEqual(["challenge", "signed_in"]);
    expect([weak.status, weak.body.errors]).toEqual([
      422,
      [{ pointer: "/password", reason: "too_short" }],
    ]);
  });

  test("is signed out everywhere", async () => {
    const { act, send, signIn } = await start();
    const { refresh_token } = await signIn();

    const { status } = await act("POST", `${ada}/sign-out`);

    const refresh = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    expect([status, refresh.status]).toEqual([204, 401]);
  });

  test("is put into a group and taken out of it, any number of times", async () => {
    const { act } = await start();
    const membership = `${ada}/groups/${adminGroup}`;

    const added = [await act("PUT", membership), await act("PUT", membership)];
    const during = await act("GET", `${ada}/groups`);
    const removed = [await act("DELETE", membership), await act("DELETE", membership)];
    const after = await act("GET", `${ada}/groups?limit=1`);
    const unknown = await act("PUT", `${ada}/groups/nowhere`);

    expect([...added, ...removed].map(({ status }) => status)).toEqual(Array(4).fill(204));
    expect([during.body, after.body]).toEqual([{ groups: [adminGroup] }, { groups: [] }]);
    expect([unknown.status, unknown.body.code]).toEqual([404, "group_not_found"]);
  });
});

describe("sign-up by approval", () => {
  const approval = { provider: { signUpApproval: true }, administrators } as const;

  test("waits, is listed, is approved, and can then sign in", async () => {
    const { send, adminToken } = startService(approval);
    const token = await adminToken();
    const signIn = () => send("POST", "/v1/sign-in", { body: { username, password } });
    const waiting = encodeURIComponent('status eq "approval_required"');

    const signUp = await send("POST", "/v1/sign-up", { body: account });
    const early = await signIn();
    const listed = await send("GET", `/v1/admin/users?filter=${waiting}`, { token });
    const approved = await send("POST", `${ada}/confirm`, { token });
    const twice = await send("POST", `${ada}/confirm`, { token });
    const { body } = await signIn();

    expect(signUp.body).toEqual({ status: "approval_required" });
    expect([early.status, early.body.code]).toEqual([403, "user_not_confirmed"]);
    expect(listed.body.users).toMatchObject([{ attributes: { email: username } }]);
    expect(approved.status).toBe(204);
    expect([twice.status, twice.body.code]).toEqual([409, "already_confirmed"]);
    expect(body.status).toBe("signed_in");
  });

  test("hides a taken name where it is told what a free one answers", async () => {
    const { send } = startService({ ...approval, signUpStatus: "approval_required" });
    const free = await send("POST", "/v1/sign-up", { body: account });

    const taken = await send("POST", "/v1/sign-up", { body: account });

    expect([taken.status, taken.text]).toEqual([free.status, free.text]);
  });
});

describe("what the provider cannot do", () => {
  test.each([
    ["not_supported", 501],
    ["recovery_unavailable", 409],
    ["password_reused", 422],
    ["provider_timeout", 504],
  ] as const)("is answered with its status: %s", async (code, expected) => {
    const method = code === "password_reused" ? "setPassword" : "requirePasswordReset";
    const path = code === "password_reused" ? "set-password" : "reset-password";
    const scopes = ["aws.cognito.signin.user.admin"];
    const { send, signedIn } = startService({
      administrators: { groups: [], scopes },
      ports: failing(method, new IdentityError(code)),
    });
    const { access_token: token } = await signedIn();

    const { status, body } = await send("POST", `${ada}/${path}`, { token, body: { password } });

    expect([status, body.code]).toEqual([expected, code]);
  });
});
