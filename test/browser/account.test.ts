import { expect, test } from "vitest";
import { createTotpApp } from "../runtime/totp-app.ts";
import { makeAccount, otherPassword, tokenOf } from "./support/accounts.ts";
import { fill, press, see, seeAccount, seeHeading, signIn } from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { type PageService, providers, startOnMemory } from "./support/services.ts";

/** Signs a new user in, and gives the page with their account. */
async function openAccount(
  service: PageService,
  attributes: Readonly<Record<string, string>> = {},
) {
  const account = await makeAccount(service, attributes);
  const { page, faults } = await openPage();
  await signIn(page, service.url, account);
  const section = (name: string) => page.locator(`.portico-section--${name}`);
  return { account, page, faults, section };
}

for (const [name, start] of providers) {
  describeInBrowser(`on ${name}, a user at their account`, () => {
    test("changes the profile", async () => {
      const { page, faults, section } = await openAccount(await start(), { given_name: "Ada" });
      const profile = section("profile");

      await profile.getByRole("button", { name: "Edit" }).click();
      await fill(page, "First name", "Augusta");
      await page.getByLabel("Last name").fill("King");
      await press(page, "Save");
      await see(page, "Saved.");

      const text = await profile.innerText();
      expect(text).toContain("Augusta");
      expect(text).toContain("King");
      expect(faults).toEqual([]);
    });

    test("changes the address, and proves the new one", async () => {
      const service = await start();
      const { page, faults, section, account } = await openAccount(service);
      const address = `new-${account.username}`;

      await section("profile").getByRole("button", { name: "Edit" }).click();
      await fill(page, "E-mail address", address);
      await press(page, "Save");
      await see(page, /We have sent a code to/);
      await fill(page, "Code", service.code(account.username, "attribute_verification"));
      await press(page, "Confirm");
      await see(page, "Saved.");

      expect(await section("profile").innerText()).toContain(address);
      expect(faults).toEqual([]);
    });

    test("changes the password", async () => {
      const { page, faults, section, account } = await openAccount(await start());
      const form = section("password");

      await press(page, "Change password");
      await form.getByLabel("Current password").fill("Wrong-Horse-1");
      await form.getByLabel("New password").fill(otherPassword);
      await press(page, "Change password");
      await form.locator("[name=current_password][aria-invalid=true]").waitFor();
      await form.getByLabel("Current password").fill(account.password);
      await press(page, "Change password");

      await see(page, "Your password is changed.");
      expect(faults).toEqual([]);
    });

    test("sets up an authenticator app, and turns it off", async () => {
      const { page, faults, section } = await openAccount(await start());
      const factors = section("second-factors");

      await page.getByRole("button", { name: "Set up: Authenticator app" }).click();
      const secret = await page.locator(".portico-secret code").innerText();
      await fill(page, "Code", await createTotpApp(secret.replaceAll(" ", "")).nextCode());
      await press(page, "Turn on");
      await see(page, "Saved.");
      await page.getByRole("button", { name: "Turn off: Authenticator app" }).click();
      await page.getByRole("button", { name: "Set up: Authenticator app" }).waitFor();

      expect(await factors.getByText("On", { exact: true }).count()).toBe(0);
      expect(faults).toEqual([]);
    });

    test("sees where else they are signed in, and ends that", async () => {
      const service = await start();
      const { page, faults, section, account } = await openAccount(service);
      await tokenOf(service, account);
      await page.reload();
      await seeAccount(page, account.username);

      const end = section("sessions").getByRole("button", { name: /^Sign out: / });
      await end.first().click();
      await see(page, "Saved.");

      await expect.poll(() => end.count()).toBe(0);
      expect(faults).toEqual([]);
    });

    test("signs out everywhere", async () => {
      const { page, faults } = await openAccount(await start());

      await press(page, "Sign out everywhere");

      await seeHeading(page, "You are signed out");
      expect(faults).toEqual([]);
    });

    test("deletes the account, once asked again", async () => {
      const service = await start();
      const { page, faults, account } = await openAccount(service);

      await press(page, "Delete account");
      await press(page, "Cancel");
      await press(page, "Delete account");
      await press(page, "Delete it for good");

      await seeHeading(page, "Your account is deleted");
      await expect(tokenOf(service, account)).rejects.toThrow("invalid_credentials");
      expect(faults).toEqual([]);
    });
  });
}

describeInBrowser("a user whose sign-in is old", () => {
  test("confirms who they are without leaving the page", async () => {
    let passed = 0;
    const service = await startOnMemory({ clock: { now: () => Date.now() + passed } });
    const { page, faults, account } = await openAccount(service);
    passed = 3_700_000;

    await press(page, "Delete account");
    await press(page, "Delete it for good");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Password", { exact: true }).fill(account.password);
    await dialog.getByRole("button", { name: "Sign in", exact: true }).click();

    await seeHeading(page, "Your account is deleted");
    expect(faults).toEqual([]);
  });

  test("can leave it", async () => {
    let passed = 0;
    const service = await startOnMemory({ clock: { now: () => Date.now() + passed } });
    const { page, faults } = await openAccount(service);
    passed = 3_700_000;

    await press(page, "Delete account");
    await press(page, "Delete it for good");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("dialog").waitFor({ state: "detached" });
    await press(page, "Cancel");
    expect(await page.getByRole("alert").filter({ hasText: /./ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
