import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { Schemas } from "../../../src/client.ts";
import { password, type TestServiceOptions, username } from "../../http/support.ts";
import { changesOf, rejection, signIn, startWithUser } from "../support.ts";

async function opened(options: TestServiceOptions = {}) {
  const service = await startWithUser(options);
  const browser = service.browser();
  const auth = browser.open();
  await signIn(auth);
  return { ...service, browser, auth, account: await auth.account() };
}

describe("the account", () => {
  test("shows and changes the profile", async () => {
    const { account } = await opened();

    const changed = await account.updateProfile({ family_name: "Lovelace" });
    const { attributes } = await account.profile();

    expect(changed.verification_required).toEqual([]);
    expect(attributes).toMatchObject({ given_name: "Ada", family_name: "Lovelace" });
  });

  test("proves a new address", async () => {
    const { account, lastCode } = await opened();

    const { verification_required: waiting } = await account.updateProfile({
      phone_number: "+14155550123",
    });
    await account.sendVerification("phone_number");
    await account.confirmAttribute("phone_number", lastCode());
    const { attributes } = await account.profile();

    expect(waiting).toMatchObject([{ attribute: "phone_number" }]);
    expect(attributes).toMatchObject({ phone_number_verified: true });
  });

  test("changes the password", async () => {
    const { auth, account } = await opened();
    const next = "Correct-Horse-8";

    await account.changePassword({ current_password: password, new_password: next });

    expect(await auth.signIn({ username, password: next })).toEqual({ type: "signed_in" });
  });

  test("sets an authenticator app up, with a picture to scan", async () => {
    const { account, clock } = await opened();

    const { secret, uri, qr } = await account.startTotp();
    await account.confirmTotp({ code: await totpAt(secret, clock.time) });
    await account.setMfa({ enabled: ["totp"], preferred: "totp" });

    expect(uri).toMatch(/^otpauth:\/\/totp\//);
    expect(qr).toMatch(/^<svg /);
    expect(await account.mfa()).toMatchObject({ enabled: ["totp"], preferred: "totp" });
    expect(await account.createRecoveryCodes()).toHaveLength(10);
  });

  test("lists all sessions, page by page, and ends another one", async () => {
    const { account, browser } = await opened();
    const elsewhere = browser.open({ tokens: "memory" });
    await signIn(elsewhere);
    let page: Schemas["SessionsResponse"] = { sessions: [] };
    const restore = browser.intercept("GET /v1/me/sessions", async (request, serve) => {
      if (new URL(request.url).searchParams.get("cursor") === "more") {
        return Response.json({ sessions: page.sessions.slice(1) });
      }
      page = await (await serve()).json();
      return Response.json({ sessions: page.sessions.slice(0, 1), cursor: "more" });
    });

    const sessions = await account.sessions();
    restore();
    const [other] = sessions.filter(({ is_current }) => !is_current);
    await account.endSession(other?.id ?? "");

    expect(sessions).toHaveLength(2);
    expect(await rejection((await elsewhere.account()).profile())).toMatchObject({ status: 401 });
    expect(await account.sessions()).toHaveLength(1);
  });

  test("is deleted with its session", async () => {
    const { auth, account } = await opened();
    const changes = changesOf(auth);

    await account.deleteAccount();

    expect(changes).toEqual(["signed_out"]);
    expect(await auth.session()).toBeUndefined();
    expect(await rejection(auth.signIn({ username, password }))).toMatchObject({
      code: "invalid_credentials",
    });
  });

  test("asks for a new sign-in where the service wants a fresh one, and the session goes on", async () => {
    const { auth, account, clock } = await opened({ reauthenticateAfterSeconds: 60 });
    clock.time += 120_000;

    const error = await rejection(account.deleteAccount());
    const session = await auth.session();
    await signIn(auth);
    await account.deleteAccount();

    expect(error).toMatchObject({ code: "reauthentication_required", status: 401 });
    expect(session).toBeDefined();
  });

  test("is nobody's where nobody is signed in", async () => {
    const { browser } = await startWithUser();
    const { open, routes } = browser();
    const { profile } = await open({ tokens: "memory" }).account();

    expect(await rejection(profile())).toMatchObject({ code: "signed_out", status: 0 });
    expect(routes()).toEqual([]);
  });
});
