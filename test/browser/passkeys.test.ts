import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import { makeAccount } from "./support/accounts.ts";
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

/** An authenticator of the browser's own, with nobody at it. */
interface VirtualAuthenticator {
  /** Whether its user says yes. */
  says(yes: boolean): Promise<void>;
}

/** @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async says(isUserVerified) {
      await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
  };
}

for (const [name, start] of providers) {
  describeInBrowser(`on ${name}, a user with a passkey`, () => {
    test("adds it, signs in with it, and takes it away", async () => {
      const service = await start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();
      await addAuthenticator(page);
      await signIn(page, service.url, account);

      await press(page, "Add a passkey");
      await see(page, "Your passkey is added.");
      await press(page, "Sign out");
      await seeHeading(page, "You are signed out");
      await follow(page, "Sign in", "Sign in");
      await fill(page, "E-mail address", account.username);
      await press(page, "Sign in with a passkey");
      await seeAccount(page, account.username);
      await page.getByRole("button", { name: /^Remove: / }).click();
      await see(page, "Saved.");

      expect(await page.getByRole("button", { name: /^Remove: / }).count()).toBe(0);
      expect(faults).toEqual([]);
    });

    test("can try again when the device says no", async () => {
      const service = await start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();
      const authenticator = await addAuthenticator(page);
      await enterPassword(page, service.url, account);
      await press(page, "Add a passkey");
      await see(page, "Your passkey is added.");
      await page.context().clearCookies();
      await page.goto(`${service.url}/sign-in`);
      await fill(page, "E-mail address", account.username);

      await authenticator.says(false);
      await press(page, "Sign in with a passkey");
      await seeHeading(page, "Use your passkey");
      await page.getByRole("alert").filter({ hasText: /./ }).waitFor();
      await authenticator.says(true);
      await press(page, "Sign in with a passkey");

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });

    test("who is remembered is offered it where the name is filled in", async () => {
      const service = await start();
      const account = await makeAccount(service);
      const { page, faults } = await openPage();
      await addAuthenticator(page);
      await page.goto(`${service.url}/sign-in`);
      await fill(page, "E-mail address", account.username);
      await fill(page, "Password", account.password);
      await page.getByLabel("Keep me signed in").check();
      await press(page, "Sign in");
      await press(page, "Add a passkey");
      await see(page, "Your passkey is added.");
      await press(page, "Sign out");
      await seeHeading(page, "You are signed out");

      // This authenticator's user picks it at once.
      await page.goto(`${service.url}/sign-in`);

      await seeAccount(page, account.username);
      expect(faults).toEqual([]);
    });
  });
}
