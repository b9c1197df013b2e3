import { describe, expect, it } from "vitest";
import { resendInvitation } from "../../../../src/adapters/memory/administration/invitations.ts";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../../src/adapters/memory/identity-provider.ts";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import {
  ada,
  adjustableClock,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  readPart,
  signIn,
  signUpAndIn,
  signUpConfirmed,
  tokensOf,
} from "../support.ts";

const { username } = ada;
const daySeconds = 24 * 3600;

describe("creating a user", () => {
  it("invites them with a temporary password, which the first sign-in replaces", async () => {
    const provider = createProvider({ requiredAttributes: ["name"] });
    const { identity } = provider;
    const record = await identity.createUser({ username, attributes: { email_verified: "true" } });
    const password = lastCode(provider, username, "invitation");

    const { session, requiredAttributes } = await challengeOf(
      identity.signIn({ username, password }),
      "new_password",
    );
    const answer = (text: string, attributes: Record<string, string>) =>
      identity.answerChallenge({
        session,
        answer: { type: "new_password", newPassword: text, attributes },
      });
    const outcomes = [
      await outcomeOf(answer("short", { name: "Ada" })),
      await outcomeOf(answer(newPassword, {})),
      await outcomeOf(answer(newPassword, { name: "Ada", email: "eve@example.com" })),
      await outcomeOf(answer(newPassword, { name: "Ada" })),
    ];

    expect(record).toMatchObject({ status: "invited", enabled: true, mfa: [] });
    expect(record.attributes).toEqual({ email: username, email_verified: true });
    expect(requiredAttributes).toEqual(["name"]);
    expect(outcomes).toEqual([
      "password_policy_violation",
      "validation_failed",
      "validation_failed",
      "done",
    ]);
    expect(await outcomeOf(identity.signIn({ username, password }))).toBe("invalid_credentials");
    expect(await identity.getUser({ username })).toMatchObject({ status: "confirmed" });
  });

  it("tells nobody where it is not to", async () => {
    const { identity, outbox } = createProvider();
    const temporaryPassword = ada.password;

    await identity.createUser({ username, attributes: {}, temporaryPassword, invite: false });

    expect(outbox.messagesFor(username)).toEqual([]);
    await challengeOf(identity.signIn({ username, password: temporaryPassword }), "new_password");
  });

  it.each([
    ["a name in use", { username: username.toUpperCase() }, "username_taken"],
    ["a weak password", { temporaryPassword: "short" }, "password_policy_violation"],
    ["no address for a name", { username: "bob" }, "validation_failed"],
    [
      "a word that is no truth value",
      { attributes: { email_verified: "yes" } },
      "validation_failed",
    ],
  ])("refuses %s", async (_, input, code) => {
    const { identity } = createProvider();
    await identity.createUser({ username, attributes: {} });

    const creating = identity.createUser({ username: "b@x.example", attributes: {}, ...input });

    expect(await outcomeOf(creating)).toBe(code);
  });

  it("lets the invitation lapse after seven days, until it is sent anew", async () => {
    const clock = adjustableClock();
    const engine = createEngine({ clock, hashIterations: 1 });
    const identity = identityProviderOf(engine);
    const provider = { outbox: engine.courier };
    await identity.createUser({ username, attributes: {} });
    const first = lastCode(provider, username, "invitation");
    clock.advance(7 * daySeconds);
    const late = await outcomeOf(identity.signIn({ username, password: first }));
    await resendInvitation(engine, { username });
    const password = lastCode(provider, username, "invitation");

    expect(late).toBe("temporary_password_expired");
    expect(password).not.toBe(first);
    expect(await outcomeOf(identity.signIn({ username, password: first }))).toBe(
      "invalid_credentials",
    );
    await challengeOf(identity.signIn({ username, password }), "new_password");
  });

  it("gives no way around the temporary password", async () => {
    const { identity } = createProvider();
    await identity.createUser({ username, attributes: { email_verified: "true" } });
    const { session } = await challengeOf(
      identity.signIn({ username, factor: "email_code" }),
      "email_code",
    );
    const answer = { type: "email_code", code: "12345678" } as const;

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe("code_mismatch");
    expect(await outcomeOf(identity.startPasswordReset({ username }))).toBe("recovery_unavailable");
  });
});

describe("approving sign-ups", () => {
  it("is what they wait for, in a list that an administrator sees", async () => {
    const provider = createProvider({ signUpApproval: true });
    const { identity } = provider;
    const result = await identity.signUp(ada);
    const before = await outcomeOf(identity.signIn(ada));
    const filter = { field: "status", operator: "equals", value: "approval_required" } as const;
    const waiting = await identity.listUsers({ limit: 10, filter });

    await identity.confirmUser({ username });

    expect(result).toEqual({ status: "approval_required" });
    expect(provider.outbox.messagesFor(username)).toEqual([]);
    expect(before).toBe("user_not_confirmed");
    expect(waiting.items.map(({ attributes }) => attributes.email)).toEqual([username]);
    await tokensOf(identity.signIn(ada));
    expect(await outcomeOf(identity.confirmUser({ username }))).toBe("already_confirmed");
    expect(await identity.getUser({ username })).toMatchObject({
      attributes: { email_verified: false },
    });
  });

  it("is nothing that whoever was named for a group needs", async () => {
    const groups = [{ name: "admins", members: [username] }];
    const provider = createProvider({ signUpApproval: true, autoConfirm: true, groups });
    const { identity } = provider;
    const results = [
      await identity.signUp(ada),
      await identity.signUp({ ...ada, username: "eve@example.com" }),
    ];

    const { accessToken } = await signIn(provider);

    expect(results).toEqual([{ status: "confirmed" }, { status: "approval_required" }]);
    expect(readPart(accessToken, 1)["cognito:groups"]).toEqual(["admins"]);
  });

  it("cannot be got around by a password reset", async () => {
    const provider = createProvider({ signUpApproval: true });
    const { identity } = provider;
    await identity.signUp(ada);
    await identity.updateUser({ username, attributes: { email_verified: "true" } });
    await identity.startPasswordReset({ username });
    const code = lastCode(provider, username, "password_reset");
    await identity.resetPassword({ username, code, newPassword });

    const outcome = await outcomeOf(identity.signIn({ username, password: newPassword }));

    expect(outcome).toBe("user_not_confirmed");
  });

  it("can be left to administrators altogether", async () => {
    const { identity } = createProvider({ allowSignUp: false });

    expect(await outcomeOf(identity.signUp(ada))).toBe("sign_up_disabled");
    await identity.createUser({ username, attributes: {} });
  });
});

describe("listing users", () => {
  const names = ["a1", "a2", "b1", "A3", "b2"].map((name) => `${name}@example.com`);

  async function populated() {
    const provider = createProvider({ autoConfirm: true });
    for (const name of names) {
      await provider.identity.signUp({
        ...ada,
        username: name,
        attributes: { name: name[0] ?? "" },
      });
    }
    return provider;
  }

  it("gives them page by page, the oldest first, whoever is deleted in between", async () => {
    const { identity } = await populated();
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await identity.listUsers({ limit: 2, ...(cursor && { cursor }) });
      seen.push(page.items.map(({ attributes }) => attributes.email));
      if (seen.length === 1) await identity.deleteUser({ username: names[1] ?? "" });
      cursor = page.cursor;
    } while (cursor);

    expect(seen).toEqual([names.slice(0, 2), names.slice(2, 4), names.slice(4)]);
  });

  it.each([
    ["email", "equals", "A1@example.com", ["a1"]],
    ["email", "starts_with", "a", ["a1", "a2", "A3"]],
    ["name", "equals", "b", ["b1", "b2"]],
    ["given_name", "starts_with", "", []],
    ["enabled", "equals", "false", ["b1"]],
    ["status", "equals", "confirmed", ["a1", "a2", "b1", "A3", "b2"]],
  ] as const)("finds those whose %s %s '%s'", async (field, operator, value, expected) => {
    const { identity } = await populated();
    await identity.disableUser({ username: "b1@example.com" });

    const { items } = await identity.listUsers({ limit: 60, filter: { field, operator, value } });

    expect(items.map(({ attributes }) => String(attributes.email).split("@")[0])).toEqual(expected);
  });

  it("takes no cursor but of the same listing", async () => {
    const { identity } = await populated();
    const { cursor } = await identity.listUsers({ limit: 1 });
    const filter = { field: "name", operator: "equals", value: "a" } as const;

    for (const listing of [{ cursor: "invented" }, { cursor: cursor ?? "", filter }]) {
      await expect(identity.listUsers({ limit: 1, ...listing })).rejects.toMatchObject({
        code: "validation_failed",
        violations: [{ path: ["cursor"] }],
      });
    }
  });
});

describe("an administrator", () => {
  const nobody = { username: "nobody@example.com" };
  const password = { password: ada.password, isPermanent: true };

  it.each<[string, (identity: IdentityProvider) => Promise<unknown>]>([
    ["getUser", (identity) => identity.getUser(nobody)],
    ["updateUser", (identity) => identity.updateUser({ ...nobody, attributes: {} })],
    ["deleteUser", (identity) => identity.deleteUser(nobody)],
    ["confirmUser", (identity) => identity.confirmUser(nobody)],
    ["disableUser", (identity) => identity.disableUser(nobody)],
    ["enableUser", (identity) => identity.enableUser(nobody)],
    ["requirePasswordReset", (identity) => identity.requirePasswordReset(nobody)],
    ["setPassword", (identity) => identity.setPassword({ ...nobody, ...password })],
    ["signOutUser", (identity) => identity.signOutUser(nobody)],
    ["resetMfa", (identity) => identity.resetMfa(nobody)],
    ["listUserGroups", (identity) => identity.listUserGroups({ ...nobody, limit: 1 })],
    ["addToGroup", (identity) => identity.addToGroup({ ...nobody, group: "g" })],
    ["removeFromGroup", (identity) => identity.removeFromGroup({ ...nobody, group: "g" })],
  ])("is told by %s that there is no such user", async (_, call) => {
    const { identity } = createProvider();

    expect(await outcomeOf(call(identity))).toBe("user_not_found");
  });

  it("changes attributes at once, vouches for addresses, and sends nothing", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { identity } = provider;
    const sent = provider.outbox.messagesFor(username).length;
    const email = "ada@lovelace.example";

    await identity.updateUser({ username, attributes: { email, name: "Ada" } });
    const unproven = await identity.getUser({ username: email });
    await identity.updateUser({ username: email, attributes: { email_verified: "true" } });
    const proven = await identity.getUser({ username: email });

    expect(unproven.attributes).toEqual({ email, email_verified: false, name: "Ada" });
    expect(proven.attributes.email_verified).toBe(true);
    expect(provider.outbox.messagesFor(email)).toHaveLength(sent);
  });

  it("ends an account's sessions by disabling it, and lets it sign in again by enabling it", async () => {
    const provider = createProvider();
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    const { identity } = provider;
    await identity.disableUser({ username });
    const outcomes = [
      await outcomeOf(identity.signIn(ada)),
      await outcomeOf(identity.refresh({ refreshToken })),
      await outcomeOf(identity.getProfile({ accessToken })),
    ];
    await identity.enableUser({ username });

    expect(outcomes).toEqual(["user_disabled", "invalid_refresh_token", "token_revoked"]);
    expect(await outcomeOf(identity.signIn(ada))).toBe("done");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });

  it("makes a password worthless, and its user sets another with the code that came", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { identity } = provider;
    await identity.requirePasswordReset({ username });
    const before = await outcomeOf(identity.signIn(ada));
    const code = lastCode(provider, username, "password_reset");
    await identity.resetPassword({ username, code, newPassword });

    expect(before).toBe("password_reset_required");
    expect(await outcomeOf(identity.signIn({ username, password: newPassword }))).toBe("done");
  });

  it("cannot make a password worthless that its user could not replace", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);

    expect(await outcomeOf(identity.requirePasswordReset({ username }))).toBe(
      "recovery_unavailable",
    );
    expect(await outcomeOf(identity.signIn(ada))).toBe("user_not_confirmed");
  });

  it("sets a password for good or for the next sign-in", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const { identity } = provider;
    const set = (password: string, isPermanent: boolean) =>
      identity.setPassword({ username, password, isPermanent });

    await set(newPassword, false);
    await challengeOf(identity.signIn({ username, password: newPassword }), "new_password");
    await set(ada.password, true);

    expect(await outcomeOf(identity.signIn(ada))).toBe("done");
    expect(await outcomeOf(set("short", true))).toBe("password_policy_violation");
    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("done");
  });

  it("signs a user out everywhere and deletes accounts", async () => {
    const provider = createProvider();
    const { refreshToken } = await signUpAndIn(provider);
    const { identity } = provider;
    await identity.signOutUser({ username });
    const signedOut = await outcomeOf(identity.refresh({ refreshToken }));
    await identity.deleteUser({ username });

    expect(signedOut).toBe("invalid_refresh_token");
    expect(await outcomeOf(identity.signIn(ada))).toBe("invalid_credentials");
    expect(await outcomeOf(identity.signUp(ada))).toBe("done");
  });
});

describe("groups", () => {
  const groups = [
    { name: "readers" },
    { name: "admins", precedence: 1 },
    { name: "editors", precedence: 2 },
    { name: "authors" },
  ];

  it("reach tokens in the order of their precedence, at the next refresh", async () => {
    const provider = createProvider({ groups });
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    const { identity } = provider;
    for (const group of ["readers", "editors", "admins", "authors", "admins"]) {
      await identity.addToGroup({ username, group });
    }
    await identity.removeFromGroup({ username, group: "editors" });
    await identity.removeFromGroup({ username, group: "editors" });

    const refreshed = await identity.refresh({ refreshToken });

    expect(readPart(accessToken, 1)).not.toHaveProperty("cognito:groups");
    for (const token of [refreshed.accessToken, refreshed.idToken ?? ""]) {
      expect(readPart(token, 1)["cognito:groups"]).toEqual(["admins", "authors", "readers"]);
    }
  });

  it("are listed page by page", async () => {
    const provider = createProvider({ groups });
    const { identity } = provider;
    await signUpConfirmed(provider);
    for (const { name } of groups) await identity.addToGroup({ username, group: name });

    const first = await identity.listUserGroups({ username, limit: 3 });
    const second = await identity.listUserGroups({
      username,
      limit: 3,
      ...(first.cursor && { cursor: first.cursor }),
    });

    expect(first.items).toEqual(["admins", "editors", "authors"]);
    expect(second).toEqual({ items: ["readers"] });
    await expect(
      identity.listUserGroups({ username, limit: 3, cursor: "invented" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("have to exist, and are gone with their members", async () => {
    const provider = createProvider({ groups });
    const { identity } = provider;
    await signUpConfirmed(provider);
    await identity.addToGroup({ username, group: "admins" });
    provider.groups.remove("admins");
    provider.groups.create({ name: "admins" });

    const { accessToken } = await signIn(provider);

    expect(readPart(accessToken, 1)).not.toHaveProperty("cognito:groups");
    for (const call of [identity.addToGroup, identity.removeFromGroup]) {
      expect(await outcomeOf(call({ username, group: "nobodys" }))).toBe("group_not_found");
    }
    expect(() => provider.groups.create({ name: "admins" })).toThrowError(
      expect.objectContaining({ code: "conflict" }),
    );
  });
});
