import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { administrationBy } from "../../../src/domain/use-cases/administration.ts";
import type { Caller } from "../../../src/domain/use-cases/sessions.ts";
import type { Clock, Ports } from "../../../src/ports/index.ts";
import { failing } from "../../support/memory-ports.ts";
import {
  claimsOf,
  createCore,
  keepingNames,
  newPassword,
  normal,
  typed,
  username,
} from "./support.ts";

const group = "administrators";
const policy = { groups: [group], scopes: ["portico/admin"] };

/** An administrator, and a user to administer. */
async function start(change?: (ports: Ports) => Partial<Ports>, clock: Clock = Date) {
  const groups = [group, "staff"].map((name) => ({ name, members: ["root@example.com"] }));
  const core = createCore({ groups, clock }, change);
  await core.signedUp();
  await core.signedUp("root@example.com");
  const admin = await core.signedIn("root@example.com");
  const { subject } = (await core.signedIn()).principal;
  return { ...core, admin, subject, administration: administrationBy(admin, core.ports, policy) };
}

describe("an act of administration", () => {
  test("is refused to whoever is in none of the groups and has none of the scopes, and is recorded", async () => {
    const { ports, signedIn, events } = await start();
    const user = await signedIn();

    const outcome = administrationBy(user, ports, policy).deleteUser({ username });

    const code = "insufficient_scope";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([
      { type: "administration", action: "deleteUser", outcome: "failure", code },
    ]);
    await expect(ports.identity.getUser({ username })).resolves.toMatchObject({ enabled: true });
  });

  test("is refused to everybody where no group and no scope is named", async () => {
    const { ports, admin } = await start();

    const outcome = administrationBy(admin, ports, { groups: [], scopes: [] }).getUser({
      username,
    });

    await expect(outcome).rejects.toMatchObject({ code: "insufficient_scope" });
  });

  test("is allowed to a program by its scopes, and by nothing else", async () => {
    const { ports, admin } = await start();
    const program = (...scopes: string[]): Caller => {
      const claims = { ...claimsOf(admin.principal), scopes };
      return { accessToken: admin.accessToken, principal: { kind: "machine", ...claims } };
    };

    const allowed = administrationBy(program("orders/read", "portico/admin"), ports, policy);
    const refused = administrationBy(program("orders/read", group), ports, policy);

    await expect(allowed.getUser({ username })).resolves.toHaveProperty("subject");
    const code = "insufficient_scope";
    await expect(refused.getUser({ username })).rejects.toMatchObject({ code });
  });

  test("is allowed to whoever is in one of the groups, whatever else they are in", async () => {
    const { administration, admin, subject } = await start();

    const { items } = await administration.listUsers({ limit: 60 });

    expect(admin.principal).toMatchObject({ groups: expect.arrayContaining([group, "staff"]) });

    expect(items.map((user) => user.subject).toSorted()).toEqual(
      [subject, admin.principal.subject].toSorted(),
    );
  });

  test("is recorded under its own name, whichever it is", async () => {
    const { administration, events } = await start();
    const acts = Object.entries(administration);

    for (const [, act] of acts)
      await Promise.allSettled([act({ username, password: newPassword, attributes: {} })]);

    expect(events.map(({ action }) => action)).toEqual(acts.map(([name]) => name));
  });

  test("is recorded with what was done and by whom, and not to whom", async () => {
    const { administration, admin, events } = await start();

    await administration.disableUser({ username });

    expect(events).toEqual([
      {
        type: "administration",
        action: "disableUser",
        outcome: "success",
        at: expect.any(Number),
        subject: admin.principal.subject,
      },
    ]);
  });

  test("asks the provider for a name in its normal form, whichever it was typed in", async () => {
    const names: string[] = [];
    const { administration, signedUp } = await start(keepingNames(names));
    await signedUp(normal);
    const user = { username: typed };
    const settled = await Promise.allSettled([
      administration.getUser(user),
      administration.createUser({ ...user, attributes: {} }),
      administration.resendInvitation(user),
      administration.updateUser({ ...user, attributes: {} }),
      administration.confirmUser(user),
      administration.disableUser(user),
      administration.enableUser(user),
      administration.requirePasswordReset(user),
      administration.setPassword({ ...user, password: newPassword, isPermanent: true }),
      administration.signOutUser(user),
      administration.resetMfa(user),
      administration.listUserGroups({ ...user, limit: 60 }),
      administration.addToGroup({ ...user, group }),
      administration.removeFromGroup({ ...user, group }),
    ]);
    await administration.deleteUser(user);

    expect(new Set(names)).toEqual(new Set([normal]));
    // The five that end access tokens look the user up first, and one of them ends the sessions as well.
    expect(names).toHaveLength(settled.length + 1 + 5 + 1);
  });

  test("creates no user whom no path could name", async () => {
    const { administration } = await start();

    const outcome = administration.createUser({ username: "..", attributes: {} });

    await expect(outcome).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["username"], reason: "dot_segment" }],
    });
  });

  test("sets no weak password, whoever it is for", async () => {
    const { administration } = await start();
    const input = { password: "short", isPermanent: true };

    const outcome = administration.setPassword({ ...input, username: "nobody@example.com" });

    await expect(outcome).rejects.toMatchObject({
      code: "password_policy_violation",
      violations: [{ path: ["password"], reason: "too_short" }],
    });
  });
});

describe("the access tokens of a user", () => {
  test.each(["signOutUser", "disableUser", "deleteUser", "resetMfa"] as const)(
    "end with %s by an administrator",
    async (action) => {
      const { administration, subject, revoked } = await start();

      await administration[action]({ username });

      expect(await revoked()).toMatchObject([{ kind: "user", subject }]);
    },
  );

  test("end where a group is taken away, and not where one is given", async () => {
    const { administration, subject, revoked } = await start();

    await administration.addToGroup({ username, group });
    expect(await revoked()).toEqual([]);
    await administration.removeFromGroup({ username, group });
    expect(await revoked()).toMatchObject([{ kind: "user", subject }]);
  });

  test("go on where the provider did not do what would end them", async () => {
    const { administration, revoked } = await start();

    const outcome = administration.removeFromGroup({ username, group: "no-such-group" });

    await expect(outcome).rejects.toMatchObject({ code: "group_not_found" });
    expect(await revoked()).toEqual([]);
  });

  test("go on where an administrator sets a password, as that ends no session", async () => {
    const { administration, revoked } = await start();

    await administration.setPassword({ username, password: newPassword, isPermanent: true });

    expect(await revoked()).toEqual([]);
  });

  test("are ended before the user is deleted, who is there to be deleted again where they cannot be", async () => {
    const error = new IdentityError("provider_unavailable");
    const { administration, ports } = await start(() => ({
      revocations: { add: () => Promise.reject(error) },
    }));

    await expect(administration.deleteUser({ username })).rejects.toBe(error);

    await expect(ports.identity.getUser({ username })).resolves.toHaveProperty("subject");
  });

  test("of a user who was deleted are refused for a minute more, whoever may still issue one", async () => {
    const now = 1_795_291_200;
    const { administration, revoked } = await start(undefined, { now: () => now * 1000 });

    await administration.deleteUser({ username });

    expect(await revoked()).toMatchObject([{ issuedUntil: now + 60 }]);
  });

  test("are no reason to look a user up where there is no list to put them on", async () => {
    const broken = failing("getUser", new IdentityError("provider_timeout"));
    const { administration, ports } = await start((all) => ({
      ...broken(all),
      revocations: undefined,
    }));

    await administration.deleteUser({ username });

    const lookup = ports.identity.deleteUser({ username });
    await expect(lookup).rejects.toMatchObject({ code: "user_not_found" });
  });
});
