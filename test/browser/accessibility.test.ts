import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addFactors, makeAccount, password } from "./support/accounts.ts";
import { enterPassword, fill, press, see, seeAccount, seeHeading } from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { faultsOf, scrollsSideways } from "./support/looking.ts";
import { startOnMemory } from "./support/services.ts";

/** Goes through every screen there is, and has each looked at. */
async function visitAll(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  const service = await startOnMemory({}, { reauthenticateAfterSeconds: 0 });
  const account = await makeAccount(service, { given_name: "Ada", phone_number: "+442079460958" });
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
  await look("confirmation");

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

  await enterPassword(page, url, account);
  await seeAccount(page, account.username);
  await see(page, "Last active");
  await look("account");
  await page.locator(".portico-section--profile").getByRole("button", { name: "Edit" }).click();
  await press(page, "Change password");
  await page.getByRole("button", { name: "Set up: Authenticator app" }).click();
  await page.getByAltText("QR code for your authenticator app").waitFor();
  await press(page, "Delete account");
  await look("account with every form open");
  await page.goto(`${url}/sign-in`);
  await seeHeading(page, "You are signed in");
  await look("signed in");
  await press(page, "Use another account");
  await seeHeading(page, "Sign in");

  await addFactors(service, account, ["totp", "email_code"]);
  await enterPassword(page, url, account);
  await seeHeading(page, "Two-step verification");
  await look("choice of a second factor");
  await page.getByRole("button", { name: /^Authenticator app/ }).click();
  await page.getByLabel("Code").waitFor();
  await look("second factor");
}

for (const colorScheme of ["light", "dark"] as const) {
  describeInBrowser(`every screen, ${colorScheme}`, () => {
    test("is clean to axe", async () => {
      const { page, faults } = await openPage({ colorScheme });
      const found: string[] = [];

      await visitAll(page, async (screen) => {
        found.push(...(await faultsOf(page)).map((fault) => `${screen}: ${fault}`));
      });

      expect(found).toEqual([]);
      expect(faults).toEqual([]);
      // It would have told.
      await page.evaluate(() =>
        document.querySelector("main")?.append(document.createElement("button")),
      );
      expect(await faultsOf(page)).toEqual([expect.stringMatching(/^button-name: /)]);
    });
  });
}

describeInBrowser("every screen", () => {
  test.each(["ltr", "rtl"])("fits into 320 pixels: %s", async (direction) => {
    const { page, faults } = await openPage({ viewport: { width: 320, height: 640 } });
    const wide: string[] = [];
    await page.addInitScript((dir) => {
      addEventListener("DOMContentLoaded", () => {
        document.documentElement.dir = dir;
      });
    }, direction);

    await visitAll(page, async (screen) => {
      expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe(direction);
      if (await scrollsSideways(page)) wide.push(screen);
    });

    expect(wide).toEqual([]);
    expect(faults).toEqual([]);
  });

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
