import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sums } from "../contract/question.ts";
import { addFactors, makeAccount, otherPassword, password } from "./support/accounts.ts";
import {
  beginBy,
  enterPassword,
  fill,
  press,
  see,
  seeAccount,
  seeHeading,
} from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { faultsOf, scrollsSideways } from "./support/looking.ts";
import { startOnMemory } from "./support/services.ts";

/** Looks at a screen. */
type Look = (screen: string) => Promise<void>;

/** Goes through the screens of whoever is not signed in. */
async function visitPages(page: Page, look: Look): Promise<void> {
  const service = await startOnMemory({}, { pages: { showsOutbox: true } });
  const account = await makeAccount(service);
  const { url } = service;
  await page.goto(`${url}/sign-in`);
  await seeHeading(page, "Sign in");
  await look("sign-in");
  await press(page, "Sign in");
  await look("sign-in with nothing filled in");
  await enterPassword(page, url, { ...account, password: "Wrong-Horse-1" });
  await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
  await look("sign-in with a wrong password");

  await page.goto(`${url}/sign-up`);
  await fill(page, "E-mail address", "grace@example.com");
  await fill(page, "Password", password);
  await look("sign-up");
  await press(page, "Create account");
  await seeHeading(page, "Confirm your account");
  await page.getByRole("complementary").waitFor();
  await look("confirmation, with the outbox");

  await page.goto(`${url}/recover`);
  await fill(page, "E-mail address", account.username);
  await look("recovery");
  await press(page, "Send code");
  await seeHeading(page, "Choose a new password");
  await look("new password");

  await page.goto(`${url}/account`);
  await seeHeading(page, "You are signed out");
  await look("signed out");
  await page.goto(`${url}/sign-in?return_to=javascript:`);
  await look("bad link");
}

/** Goes through the screens of an account. */
async function visitAccount(page: Page, look: Look): Promise<void> {
  let passed = 0;
  const service = await startOnMemory({ clock: { now: () => Date.now() + passed } });
  const account = await makeAccount(service, { given_name: "Ada", phone_number: "+442079460958" });
  const { url } = service;
  await enterPassword(page, url, account);
  await seeAccount(page, account.username);
  await see(page, "Last active");
  await look("account");
  await page.locator(".portico-section--profile").getByRole("button", { name: "Edit" }).click();
  await press(page, "Change password");
  passed = 3_700_000;
  await page.getByRole("button", { name: "Set up: Authenticator app" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill(account.password);
  await look("confirmation that it is the user");
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByAltText("QR code for your authenticator app").waitFor();
  await press(page, "Delete account");
  await look("account with every form open");

  await addFactors(service, account, ["email_code"]);
  await page.goto(`${url}/sign-in`);
  await seeHeading(page, "You are signed in");
  await look("signed in");
  await press(page, "Use another account");
  await seeHeading(page, "Sign in");
  await enterPassword(page, url, account);
  await seeHeading(page, "Enter your code");
  await fill(page, "Code", service.code(account.username, "mfa_code"));
  await press(page, "Continue");
  await seeAccount(page, account.username);
  await press(page, "Make new codes");
  await see(page, "Keep these codes where only you can find them.");
  await look("recovery codes");
  await page.context().clearCookies();
}

/** Goes through the screens of sign-ins that ask for more than a password. */
async function visitChallenges(page: Page, look: Look): Promise<void> {
  const open = await startOnMemory({ customChallenge: sums });
  const account = await makeAccount(open);
  await addFactors(open, account, ["totp", "email_code"]);
  await enterPassword(page, open.url, account);
  await seeHeading(page, "Two-step verification");
  await look("choice of a second factor");
  await press(page, "Use a recovery code");
  await look("recovery code");
  await press(page, "Cancel");
  await page.getByRole("button", { name: /^Authenticator app/ }).click();
  await page.getByLabel("Code").waitFor();
  await look("authenticator app");
  await enterPassword(page, open.url, account);
  await page.getByRole("button", { name: /^E-mail/ }).click();
  await seeHeading(page, "Enter your code");
  await look("code by e-mail");
  await beginBy(page, ({ username }) => ({ username, factor: "custom" }));
  await enterPassword(page, open.url, account);
  await see(page, "1 + 2");
  await look("question of the operator's own");
  await beginBy(page, ({ username }) => ({ username }));
  await enterPassword(page, open.url, account);
  await seeHeading(page, "How would you like to sign in?");
  await look("choice of how to begin");
  await page.unroute("**/v1/sign-in");

  const strict = await startOnMemory({ mfa: "required", mfaMethods: ["totp", "sms_code"] });
  const username = "grace@example.com";
  await strict.ports.identity.createUser({
    username,
    attributes: { email: username },
    temporaryPassword: "Temporary-Horse-9",
    invite: false,
  });
  await enterPassword(page, strict.url, { username, password: "Temporary-Horse-9" });
  await seeHeading(page, "Choose your own password");
  await look("temporary password");
  await fill(page, "New password", otherPassword);
  await press(page, "Continue");
  await seeHeading(page, "Add a second step");
  await look("choice of a second factor to set up");
  await page.getByRole("button", { name: /^Text message/ }).click();
  await page.getByLabel("Phone number").waitFor();
  await look("number to set up");
  await press(page, "Cancel");
  await page.getByRole("button", { name: /^Authenticator app/ }).click();
  await page.getByAltText("QR code for your authenticator app").waitFor();
  await look("authenticator app to set up");
}

describeInBrowser("every screen", () => {
  test.each([
    ["light", "ltr"],
    ["dark", "rtl"],
  ] as const)(
    "is clean to axe and fits into 320 pixels: %s, %s",
    { timeout: 90_000 },
    async (colorScheme, direction) => {
      const viewport = { width: 320, height: 640 };
      const { page, faults } = await openPage({ colorScheme, viewport });
      const found: string[] = [];
      await page.addInitScript((dir) => {
        addEventListener("DOMContentLoaded", () => {
          document.documentElement.dir = dir;
        });
      }, direction);
      const look = async (screen: string) => {
        expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe(
          direction,
        );
        found.push(...(await faultsOf(page)).map((fault) => `${screen}: ${fault}`));
        if (await scrollsSideways(page)) found.push(`${screen}: scrolls sideways`);
      };

      await visitPages(page, look);
      await visitAccount(page, look);
      await visitChallenges(page, look);

      expect(found).toEqual([]);
      expect(faults).toEqual([]);
      // It would have told.
      await page.evaluate(() =>
        document.querySelector("main")?.append(document.createElement("button")),
      );
      expect(await faultsOf(page)).toEqual([expect.stringMatching(/^button-name: /)]);
    },
  );

  test("fits into 320 pixels in German, whose words are longer", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page, faults } = await openPage({
      locale: "de-DE",
      viewport: { width: 320, height: 640 },
    });
    for (const [path, title] of [
      ["sign-up", "Konto anlegen"],
      ["recover", "Passwort zurücksetzen"],
      ["sign-in", "Anmelden"],
    ] as const) {
      await page.goto(`${service.url}/${path}`);
      await seeHeading(page, title);
      expect(await scrollsSideways(page)).toBe(false);
    }
    await fill(page, "E-Mail-Adresse", account.username);
    await fill(page, "Passwort", "Falsch-Pferd-1");
    await press(page, "Anmelden");
    await see(page, "Der Benutzername oder das Passwort ist falsch.");
    await fill(page, "Passwort", account.password);
    await press(page, "Anmelden");
    await seeHeading(page, "Ihr Konto");
    await see(page, "Wo Sie angemeldet sind");

    expect(await scrollsSideways(page)).toBe(false);
    expect(faults).toEqual([]);
  });
});

describeInBrowser("the keyboard alone", () => {
  test("signs up, confirms, and goes through the account", async () => {
    const service = await startOnMemory();
    const { page, faults } = await openPage();
    const { keyboard } = page;
    const username = "kay@example.com";
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("name") ?? activeElement?.textContent ?? "";
      });
    const tabTo = async (wanted: string) => {
      for (let tries = 0; tries < 40; tries += 1) {
        if ((await focused()) === wanted) return;
        await keyboard.press("Tab");
      }
      throw new Error(`${wanted} cannot be reached, ${await focused()} has the focus`);
    };
    await page.goto(`${service.url}/sign-in`);
    await seeHeading(page, "Sign in");

    await tabTo("Create an account");
    await keyboard.press("Enter");
    await seeHeading(page, "Create your account");
    await tabTo("username");
    await keyboard.type(username);
    await tabTo("password");
    await keyboard.type(password);
    await keyboard.press("Enter");
    await seeHeading(page, "Confirm your account");
    expect(await focused()).toBe("code");
    await keyboard.type(service.code(username));
    await keyboard.press("Enter");
    await seeAccount(page, username);
    await see(page, "Last active");
    await tabTo("Change password");
    await keyboard.press("Space");
    expect(await focused()).toBe("current_password");
    await tabTo("Cancel");
    await keyboard.press("Space");
    await tabTo("Sign out everywhere");
    await keyboard.press("Enter");

    await seeHeading(page, "You are signed out");
    expect(faults).toEqual([]);
  });
});

describeInBrowser("password managers", () => {
  test("find what each field is for", async () => {
    const service = await startOnMemory();
    const account = await makeAccount(service);
    const { page } = await openPage();
    const fields = () =>
      page
        .locator("form input:not([type=checkbox])")
        .evaluateAll((all) =>
          all.map((input) =>
            [input.getAttribute("name"), input.getAttribute("autocomplete")].join(" "),
          ),
        );

    await page.goto(`${service.url}/sign-in`);
    await seeHeading(page, "Sign in");
    expect(await fields()).toEqual(["username username webauthn", "password current-password"]);
    await page.goto(`${service.url}/sign-up`);
    await seeHeading(page, "Create your account");
    expect(await fields()).toEqual(["username username", "password new-password"]);
    await page.goto(`${service.url}/recover`);
    await fill(page, "E-mail address", account.username);
    await press(page, "Send code");
    await seeHeading(page, "Choose a new password");

    expect(await fields()).toEqual([
      "username username",
      "code one-time-code",
      "new_password new-password",
    ]);
    expect(await page.locator("input[name=username]").inputValue()).toBe(account.username);
  });
});
