import { describe, expect, test } from "vitest";
import { administrators } from "../../http/admin-support.ts";
import { adminGroup, password, username } from "../../http/support.ts";
import { rejection, signIn, startWithUser } from "../support.ts";

const eve = "eve@example.com";

/** An administrator who is signed in. */
async function opened() {
  const service = await startWithUser({ administrators });
  await service.adminToken();
  const browser = service.browser();
  const auth = browser.open();
  await auth.signIn({ username: "root@example.com", password });
  return { ...service, browser, auth, administration: await auth.administration() };
}

describe("the administration", () => {
  test("makes, changes, lists and deletes users", async () => {
    const { administration } = await opened();

    const made = await administration.createUser({ username: eve, attributes: { email: eve } });
    await administration.updateUser(eve, { attributes: { name: "Eve" } });
    const page = await administration.listUsers({ filter: 'status eq "invited"', limit: 5 });
    const shown = await administration.getUser(eve);
    await administration.deleteUser(eve);

    expect(made.status).toBe("invited");
    expect(shown.attributes).toMatchObject({ name: "Eve" });
    expect(page.users.map(({ sub }) => sub)).toEqual([made.sub]);
    expect(shown.sub).toBe(made.sub);
    expect(await rejection(administration.getUser(eve))).toMatchObject({ code: "user_not_found" });
  });

  test("lets users in and keeps them out", async () => {
    const { administration, browser } = await opened();
    const user = browser.open({ tokens: "memory" });

    await administration.disableUser(username);
    const refused = await rejection(signIn(user));
    await administration.enableUser(username);
    await signIn(user);
    await administration.signOutUser(username);
    const ended = await rejection((await user.account()).profile());
    await administration.setPassword(username, { password: "Correct-Horse-9", permanent: true });

    expect(refused).toMatchObject({ code: "user_disabled" });
    expect(ended).toMatchObject({ status: 401 });
    const input = { username, password: "Correct-Horse-9" };
    expect(await user.signIn(input)).toEqual({ type: "signed_in" });
    await administration.resetPassword(username);
    expect(await rejection(user.signIn(input))).toMatchObject({ code: "password_reset_required" });
  });

  test("confirms, invites and frees users of second factors", async () => {
    const { administration, auth } = await opened();
    await auth.signUp({ username: eve, password, attributes: { email: eve } });

    await administration.confirmUser(eve);
    await administration.resetMfa(eve);

    expect(await administration.getUser(eve)).toMatchObject({ status: "confirmed" });
    await administration.createUser({ username: "x@example.com", invite: false });
    await administration.resendInvitation("x@example.com");
  });

  test("puts users into groups, and shows those", async () => {
    const { administration } = await opened();

    await administration.addToGroup(username, adminGroup);
    const page = await administration.listGroups(username, { limit: 5 });
    await administration.removeFromGroup(username, adminGroup);

    expect(page.groups).toEqual([adminGroup]);
    expect((await administration.listGroups(username)).groups).toEqual([]);
  });

  test("is for administrators alone", async () => {
    const { browser } = await opened();
    const auth = browser.open();
    await signIn(auth);
    const administration = await auth.administration();

    expect(await rejection(administration.listUsers())).toMatchObject({
      code: "insufficient_scope",
      status: 403,
    });
    expect(await auth.session()).toBeDefined();
  });

  test("lists events where the service keeps any", async () => {
    const { administration } = await opened();

    expect(await rejection(administration.listEvents({ limit: 5 }))).toMatchObject({
      code: "not_supported",
    });
  });
});
