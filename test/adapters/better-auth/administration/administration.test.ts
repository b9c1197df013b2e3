import { describe, expect, test } from "vitest";
import {
  ada,
  challengeOf,
  createDatabaseFile,
  newPassword,
  outcomeOf,
  signIn,
  startWithAda,
  tokensOf,
} from "../support.ts";

const bob = "bob@example.com";

describe("administration with Better Auth", () => {
  test("invites a user, who replaces the temporary password at the first sign-in", async () => {
    const { identity, lastCode, sent } = await startWithAda();
    const record = await identity.createUser({ username: bob, attributes: { name: "Bob" } });
    expect(record).toMatchObject({ status: "invited", enabled: true, attributes: { email: bob } });
    expect(sent.at(-1)).toMatchObject({ purpose: "invitation", destination: bob });

    const first = { username: bob, password: lastCode() };
    const { session, type } = challengeOf(await identity.signIn(first));
    const answer = { type: "new_password", newPassword, attributes: {} } as const;
    tokensOf(await identity.answerChallenge({ session, answer }));

    expect(type).toBe("new_password");
    expect(await outcomeOf(identity.signIn(first))).toBe("invalid_credentials");
    tokensOf(await identity.signIn({ username: bob, password: newPassword }));
  });

  test("lets nobody reset the password of an invitation", async () => {
    const { identity } = await startWithAda();
    await identity.createUser({ username: bob, attributes: { email_verified: "true" } });

    const reset = identity.startPasswordReset({ username: bob });

    expect(await outcomeOf(reset)).toBe("recovery_unavailable");
  });

  test("lets an invitation lapse after a week", async () => {
    const { identity, lastCode, clock } = await startWithAda();
    await identity.createUser({ username: bob, attributes: {} });

    clock.advance(8 * 24 * 3600);

    const late = identity.signIn({ username: bob, password: lastCode() });
    expect(await outcomeOf(late)).toBe("temporary_password_expired");
  });

  test("refuses to invite under a name that is taken", async () => {
    const { identity } = await startWithAda();

    const again = identity.createUser({ username: ada.username, attributes: {} });

    expect(await outcomeOf(again)).toBe("username_taken");
  });

  test("lists every user once, page by page, and none that a filter leaves out", async () => {
    const { identity } = await startWithAda();
    for (let index = 0; index < 6; index += 1)
      await identity.createUser({ username: `user${index}@example.com`, attributes: {} });

    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await identity.listUsers({ limit: 2, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      found.push(...page.items.map(({ attributes }) => String(attributes.email)));
      cursor = page.cursor;
    } while (cursor);

    expect(new Set(found).size).toBe(7);
    expect(found).toHaveLength(7);
    const filter = { field: "email", operator: "starts_with", value: "USER1" } as const;
    const filtered = await identity.listUsers({ limit: 10, filter });
    expect(filtered.items.map(({ attributes }) => attributes.email)).toEqual(["user1@example.com"]);
    const byStatus = { field: "status", operator: "equals", value: "confirmed" } as const;
    expect((await identity.listUsers({ limit: 10, filter: byStatus })).items).toHaveLength(1);
  });

  test("refuses a cursor of another listing", async () => {
    const { identity } = await startWithAda();
    await identity.createUser({ username: bob, attributes: {} });
    const { cursor = "" } = await identity.listUsers({ limit: 1 });
    const filter = { field: "enabled", operator: "equals", value: "true" } as const;

    for (const call of [
      identity.listUsers({ limit: 1, cursor, filter }),
      identity.listUsers({ limit: 1, cursor: "made up" }),
    ])
      expect(await outcomeOf(call)).toBe("validation_failed");
  });

  test("ends every session of a user who is disabled, for good", async () => {
    const { identity, provider } = await startWithAda();
    const { accessToken, refreshToken } = await signIn(provider);

    await identity.disableUser(ada);

    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("token_revoked");
    expect(await outcomeOf(identity.signIn(ada))).toBe("user_disabled");
    await identity.enableUser(ada);
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
    tokensOf(await identity.signIn(ada));
  });

  test("puts users into groups, which reach tokens at the next refresh", async () => {
    const started = await startWithAda({ groups: ["editors", "readers"] });
    const { identity, tokens } = started;
    const { username } = ada;
    const { refreshToken } = await signIn(started.provider);
    await identity.addToGroup({ username, group: "editors" });
    await identity.addToGroup({ username, group: "editors" });

    const { accessToken } = await identity.refresh({ refreshToken });

    expect(await tokens.verify(accessToken)).toMatchObject({ groups: ["editors"] });
    expect(await identity.listUserGroups({ username, limit: 10 })).toEqual({ items: ["editors"] });
    await identity.removeFromGroup({ username, group: "editors" });
    expect(await identity.listUserGroups({ username, limit: 10 })).toEqual({ items: [] });
    await identity.addToGroup({ username, group: "readers" });
    await identity.addToGroup({ username, group: "editors" });
    const { items, cursor = "" } = await identity.listUserGroups({ username, limit: 1 });
    const rest = await identity.listUserGroups({ username, limit: 1, cursor });
    expect([items, rest]).toEqual([["editors"], { items: ["readers"] }]);
    const unknown = identity.addToGroup({ username, group: "nobody" });
    expect(await outcomeOf(unknown)).toBe("group_not_found");
  });

  test("lets a sign-up wait for approval, and in once it was given", async () => {
    const { start, sent } = await createDatabaseFile();
    const { identity } = start({ signUpApproval: true });

    const result = await identity.signUp(ada);

    expect(result).toEqual({ status: "approval_required" });
    expect(sent).toEqual([]);
    expect(await outcomeOf(identity.signIn(ada))).toBe("user_not_confirmed");
    const filter = { field: "status", operator: "equals", value: "approval_required" } as const;
    expect((await identity.listUsers({ limit: 10, filter })).items).toHaveLength(1);
    await identity.confirmUser(ada);
    tokensOf(await identity.signIn(ada));
    expect(await outcomeOf(identity.confirmUser(ada))).toBe("already_confirmed");
  });

  test("sets attributes, proofs of addresses along, and passwords", async () => {
    const { identity } = await startWithAda();
    const { username } = ada;
    const attributes = { phone_number: "+4915112345678", phone_number_verified: "true", name: "A" };
    await identity.updateUser({ username, attributes });
    await identity.setPassword({ username, password: newPassword, isPermanent: true });

    expect((await identity.getUser({ username })).attributes).toEqual({
      email: username,
      email_verified: true,
      phone_number: "+4915112345678",
      phone_number_verified: true,
      name: "A",
    });
    tokensOf(await identity.signIn({ username, password: newPassword }));
  });

  test("says of a user who does not exist that they do not", async () => {
    const { identity } = await startWithAda();

    for (const call of [
      identity.getUser({ username: bob }),
      identity.deleteUser({ username: bob }),
      identity.signOutUser({ username: bob }),
      identity.resetMfa({ username: bob }),
    ])
      expect(await outcomeOf(call)).toBe("user_not_found");
  });
});
