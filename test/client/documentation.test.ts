import { afterEach, describe, expect, test, vi } from "vitest";
import { totpAt } from "../../src/adapters/shared/totp.ts";
import * as client from "../../src/client.ts";
import { newDevice, passkeyVerifier } from "../adapters/webauthn/support.ts";
import { password, type TestServiceOptions, username } from "../http/support.ts";
import { codeOf, runFragment } from "../support/page-code.ts";
import { browserPasskeys } from "./browser-passkeys.ts";
import { signIn, startWithUser, url } from "./support.ts";

function blockWith(words: string) {
  return (
    codeOf("docs/client.md").find(({ text }) => text.includes(words)) ??
    expect.fail(`no block of docs/client.md has ${words}`)
  );
}

async function opened(provider: TestServiceOptions["provider"] = {}) {
  const service = await startWithUser({ provider });
  const browser = service.browser();
  return { ...service, browser, auth: browser.open(), show: vi.fn() };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("docs/client.md", () => {
  test("shows a sign-in that works", async () => {
    const { browser } = await opened();
    const log = vi.fn();
    const given = { createClient: () => browser.open(), username, password, console: { log } };

    await runFragment(blockWith("createClient()"), given, []);

    expect(log).toHaveBeenCalledWith(expect.objectContaining({ kind: "user" }));
  });

  test("goes through the steps of a sign-in", async () => {
    const { auth, show, clock } = await opened({ mfa: "required", mfaMethods: ["totp"] });
    let secret = "";
    const ask = async () => totpAt(secret, clock.time);
    const { next } = await runFragment(blockWith("switch (step.type)"), { ask, show }, ["next"]);
    const goOn = next as (step: client.Step) => Promise<string>;
    const setUp = await auth.signIn({ username, password });
    if (setUp.type !== "mfa_setup") expect.fail();
    const chosen = await setUp.answer({ method: "totp" });
    if (chosen.type !== "mfa_setup") expect.fail();
    secret = chosen.totp?.secret ?? "";

    const first = await goOn(chosen);
    clock.time += 30_000;
    const second = await goOn(await auth.signIn({ username, password }));

    expect([first, second]).toEqual(["done", "done"]);
    expect(show).toHaveBeenCalledWith(expect.stringContaining("<svg"));
  });

  test("names every step that there is", () => {
    const { text } = blockWith("switch (step.type)");
    const named = [...text.matchAll(/"(\w+)"(?=:|, which|, and)/g)].map(([, name]) => name);
    const all: Record<client.Step["type"], true> = {
      signed_in: true,
      totp: true,
      sms_code: true,
      email_code: true,
      new_password: true,
      mfa_setup: true,
      select_mfa: true,
      select_factor: true,
      passkey: true,
      custom: true,
      unknown: true,
    };

    expect(named.toSorted()).toEqual(Object.keys(all).toSorted());
  });

  test("shows how a session is followed, used and ended", async () => {
    vi.stubGlobal("location", new URL(url));
    const { auth, show } = await opened();
    await signIn(auth);

    const { session, response } = await runFragment(blockWith("onChange"), { auth, show }, [
      "session",
      "response",
    ]);

    expect(session).toMatchObject({ kind: "user" });
    expect(response).toMatchObject({ status: 200 });
    expect(show.mock.calls).toEqual([["signed_out"]]);
  });

  test("shows how errors are told to users", async () => {
    const { auth, show } = await opened();
    const loadTexts = () => client.loadTexts(["en"]);
    const given = { ...client, auth, show, loadTexts, username: "eve@example.com" };

    await runFragment(blockWith("loadTexts()"), given, []);

    expect(show.mock.calls).toEqual([
      ["This password does not keep the rules for passwords."],
      ["This is too short."],
    ]);
  });

  test("shows what a user does with the account, passkeys included", async () => {
    const { asked, ...globals } = browserPasskeys(newDevice(), { hasJson: true });
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    const { auth, show } = await opened({ passkeys: passkeyVerifier() });
    await signIn(auth);

    await runFragment(blockWith("passkeys.register()"), { auth, show }, []);

    expect(asked).toHaveLength(1);
    expect(show).toHaveBeenCalledWith(expect.stringContaining("<svg"));
    expect((await (await auth.account()).profile()).attributes).toMatchObject({
      given_name: "Ada",
    });
  });
});
