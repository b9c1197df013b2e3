import { expect, test } from "vitest";
import { freshName, makeAccount, otherPassword, password } from "./support/accounts.ts";
import {
  enterPassword,
  fill,
  follow,
  press,
  see,
  seeAccount,
  seeHeading,
  signIn,
} from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { providers } from "./support/services.ts";

for (const [provider, start] of providers) {
  describeInBrowser(`on ${provider}, a visitor`, () => {
    test("signs up, confirms the account and is signed in", async () => {
      const service = await start();
      const { page, faults } = await openPage();
      const username = freshName();
      await page.goto(`${service.url}/sign-in`);
      await follow(page, "Create an account", "Create your account");

      await fill(page, "E-mail address", username);
      await fill(page, "Password", password);
      await press(page, "Create account");
      await seeHeading(page, "Confirm your account");
      await fill(page, "Code", service.code(username));
      await press(page, "Confirm");

      await seeAccount(page, username);
      expect(faults).toEqual([]);
    });

    test("signs in with a password, and out", async () => {
      const service = await start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();

      await signIn(page, service.url, account);
      await press(page, "Sign out");
      await seeHeading(page, "You are signed out");
      await page.reload();

      await seeHeading(page, "You are signed out");
      expect(faults).toEqual([]);
    });

    test("is told of a wrong password, and types but that anew", async () => {
      const service = await start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();

      await enterPassword(page, service.url, { ...account, password: "Wrong-Horse-1" });
      await page.getByRole("alert").filter({ hasText: /./ }).waitFor();

      expect(await page.getByLabel("E-mail address").inputValue()).toBe(account.username);
      await page.keyboard.type(account.password);
      await page.keyboard.press("Enter");
      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("signs in with a code by e-mail", async () => {
      const service = await start();
      const { username } = await makeAccount(service);
      const { page, faults } = await openPage();
      await page.goto(`${service.url}/sign-in`);

      await press(page, "E-mail me a code");
      await see(page, "Please fill this in.");
      await fill(page, "E-mail address", username);
      await press(page, "E-mail me a code");
      await seeHeading(page, "Enter your code");
      await fill(page, "Code", "000000");
      await press(page, "Continue");
      await page.locator("[aria-invalid=true]").waitFor();
      await fill(page, "Code", ` ${service.code(username, "sign_in_code")} `);
      await press(page, "Continue");

      await seeAccount(page, username);
      expect(faults).toEqual([]);
    });

    test("gets a new password, and is signed in with it", async () => {
      const service = await start();
      const { username } = await makeAccount(service);
      const { page, faults } = await openPage();
      await page.goto(`${service.url}/sign-in`);
      await follow(page, "Forgot your password?", "Reset your password");

      await fill(page, "E-mail address", username);
      await press(page, "Send code");
      await seeHeading(page, "Choose a new password");
      await fill(page, "Code", service.code(username, "password_reset"));
      await fill(page, "New password", "short");
      await press(page, "Change password");
      await page.locator("[name=new_password][aria-invalid=true]").waitFor();
      await fill(page, "New password", otherPassword);
      await press(page, "Change password");

      await seeAccount(page, username);
      expect(faults).toEqual([]);
    });

    test("who did not confirm the account does so at the sign-in", async () => {
      const service = await start();
      const { page, faults } = await openPage();
      const username = freshName();
      await page.goto(`${service.url}/sign-up`);
      await fill(page, "E-mail address", username);
      await fill(page, "Password", password);
      await press(page, "Create account");
      await seeHeading(page, "Confirm your account");

      await enterPassword(page, service.url, { username, password });
      await seeHeading(page, "Confirm your account");
      await press(page, "Send a new code");
      await see(page, "A new code is on its way.");
      await fill(page, "Code", service.code(username, "sign_up_confirmation"));
      await press(page, "Confirm");

      await seeAccount(page, username);
      expect(faults).toEqual([]);
    });

    test("is told at the fields what is wrong with a sign-up, and loses nothing", async () => {
      const service = await start();
      const { page, faults } = await openPage();
      const username = freshName();
      await page.goto(`${service.url}/sign-up`);

      await press(page, "Create account");
      expect(await page.locator("[aria-invalid=true]").count()).toBe(2);
      await fill(page, "E-mail address", username);
      await fill(page, "Password", "weak");
      await press(page, "Create account");
      await page.locator("[name=password][aria-invalid=true]").waitFor();

      expect(await page.getByLabel("E-mail address").inputValue()).toBe(username);
      expect(await page.locator("[name=password]").inputValue()).toBe("weak");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe(
        "password",
      );
      expect(faults).toEqual([]);
    });
  });
}
