import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { ada, administrators, everything, startAdministered } from "../admin-support.ts";
import { account, adminGroup, failing, password, startService, username } from "../support.ts";

describe("one user", () => {
  test("is read, changed and deleted", async () => {
    const { act } = await startAdministered();

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
      const { act } = await startAdministered();

      const answer = await act(method, target.replace(username, "nobody@example.com"), body);

      expect([answer.status, answer.body.code]).toEqual([404, "user_not_found"]);
    },
  );

  test.each([".", ".."])(
    "is made under no name like %j, as no path could name it",
    async (name) => {
      const { act } = await startAdministered({ signInModel: "username" });

      const { status, body } = await act("POST", "/v1/admin/users", { username: name });

      expect([status, body.errors]).toEqual([
        400,
        [{ pointer: "/username", reason: "dot_segment" }],
      ]);
    },
  );

  test("is shut out and let in again", async () => {
    const { act, send, signIn } = await startAdministered();
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
    const { act, send, outbox } = await startAdministered();

    const { status } = await act("POST", `${ada}/reset-password`);
    const signIn = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(status).toBe(204);
    expect(outbox.messagesFor(username).at(-1)?.purpose).toBe("password_reset");
    expect([signIn.status, signIn.body.code]).toEqual([403, "password_reset_required"]);
  });

  test("is given a password, temporary unless it is said to be permanent", async () => {
    const { act, send } = await startAdministered();
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
    const { act, send, signIn } = await startAdministered();
    const { refresh_token } = await signIn();

    const { status } = await act("POST", `${ada}/sign-out`);

    const refresh = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
    expect([status, refresh.status]).toEqual([204, 401]);
  });

  test("is put into a group and taken out of it, any number of times", async () => {
    const { act } = await startAdministered();
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
