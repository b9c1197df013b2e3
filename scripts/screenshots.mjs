// Takes the pictures of the sign-in pages that the documentation shows, into docs/images.
//   npm run screenshots [-- --all <folder>]   --all: every screen, light, dark and 320 pixels wide, to look at
// It needs Chromium: Debian's (apt-get install chromium), or another that TEST_CHROMIUM names.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { createJweSeal } from "../src/adapters/jwe/index.ts";
import { createJwtVerifier } from "../src/adapters/jwt/index.ts";
import { createMemoryIdentityProvider } from "../src/adapters/memory/index.ts";
import { createApp } from "../src/http/app.ts";
import { serve } from "../src/node.ts";
import { createLazyPasskeyVerifier } from "../src/service/lazy-passkeys.ts";
import { totpAt } from "../src/testing/identity-provider/steps/authenticator-app.ts";
import { root } from "./native.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** The pictures of the documentation, by their names: few and small. */
const shown = ["sign-in-light", "sign-in-dark", "sign-up-narrow", "account-wide"];

/** @type {Readonly<Record<string, import("playwright-core").BrowserContextOptions>>} */
const forms = {
  light: { colorScheme: "light", viewport: { width: 560, height: 720 } },
  dark: { colorScheme: "dark", viewport: { width: 560, height: 720 } },
  wide: { colorScheme: "light", viewport: { width: 860, height: 720 } },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 } },
};

const ada = { username: "ada@example.com", password: "Correct-Horse-7" };

/** The service with its pages, on users in memory. */
async function startService() {
  const port = 8765;
  const url = `http://localhost:${port}`;
  const memory = createMemoryIdentityProvider({
    hashIterations: 1,
    autoConfirm: true,
    passkeys: createLazyPasskeyVerifier({ rpId: "localhost", origins: [url] }),
  });
  const { identity, keys, issuer, clientId } = memory;
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  const events = { record: () => undefined };
  const seal = createJweSeal({ secrets: ["only-for-the-pictures-of-the-pages"] });
  const app = createApp({ identity, keys, tokens, events, seal, clock: Date }, { pages: {} });
  const { close } = await serve({ fetch: app.fetch, port });
  return { url, close, identity };
}

/**
 * Goes through the screens. Each has a name, and is looked at by then.
 *
 * @param {Page} page
 * @param {Awaited<ReturnType<typeof startService>>} service
 * @param {(name: string) => Promise<void>} look
 */
async function visit(page, { url, identity }, look) {
  /** @param {string} name */
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  /** @param {string} name */
  const heading = (name) => page.getByRole("heading", { name, exact: true }).waitFor();
  const enter = async (password = ada.password) => {
    await page.context().clearCookies();
    await page.goto(`${url}/sign-in`);
    await page.getByLabel("E-mail address").fill(ada.username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await press("Sign in");
  };
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail address").fill(ada.username);
  await page.getByLabel("Password", { exact: true }).fill(ada.password);
  await look("sign-in");
  await enter("Wrong-Horse-1");
  await page.locator("[role=alert]:not([hidden])").first().waitFor();
  await look("sign-in-error");
  await page.goto(`${url}/sign-up`);
  await page.getByLabel("E-mail address").fill("grace@example.com");
  await page.locator("[name=password]").pressSequentially("Correct-Hors");
  await look("sign-up");
  await page.locator("[name=password]").fill("weak");
  await press("Create account");
  await page.locator("[aria-invalid=true]").waitFor();
  await look("sign-up-error");
  await page.goto(`${url}/recover`);
  await page.getByLabel("E-mail address").fill(ada.username);
  await look("recover");
  await press("Send code");
  await heading("Choose a new password");
  await look("new-password");
  await page.goto(`${url}/account`);
  await heading("You are signed out");
  await look("signed-out");
  await page.goto(`${url}/sign-in?return_to=//elsewhere.example`);
  await look("bad-link");

  await enter();
  await heading("Your account");
  await page.getByText("Last active").waitFor();
  await look("account");
  await page.locator(".portico-section--profile").getByRole("button", { name: "Edit" }).click();
  await press("Change password");
  await page.getByRole("button", { name: "Set up: Authenticator app" }).click();
  await page.getByAltText("QR code for your authenticator app").waitFor();
  await press("Delete account");
  await look("account-open");
  await secondFactor(identity, true);
  await enter();
  await heading("Two-step verification");
  await look("choice");
  await page.getByRole("button", { name: /^E-mail/ }).click();
  await heading("Enter your code");
  await look("code");
  await secondFactor(identity, false);
}

/**
 * Switches the second factors of the user on or off, as an administrator can.
 *
 * @param {Awaited<ReturnType<typeof startService>>["identity"]} identity
 * @param {boolean} isOn
 */
async function secondFactor(identity, isOn) {
  await identity.resetMfa({ username: ada.username });
  if (!isOn) return;
  const result = await identity.signIn({ ...ada });
  if (result.status !== "signed_in") throw new Error("no sign-in");
  const { accessToken } = result.tokens;
  const { secret } = await identity.startTotp({ accessToken });
  await identity.confirmTotp({ accessToken, code: await totpAt(secret, Date.now()) });
  await identity.setMfa({ accessToken, enabled: ["totp", "email_code"] });
}

async function main() {
  const { values } = parseArgs({ options: { all: { type: "string" } } });
  const folder = values.all ?? join(root, "docs", "images");
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.TEST_CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  });
  for (const [form, options] of Object.entries(forms)) {
    const service = await startService();
    const attributes = { email: ada.username, given_name: "Ada", family_name: "Lovelace" };
    await service.identity.signUp({ ...ada, attributes });
    const context = await browser.newContext({
      locale: "en-GB",
      reducedMotion: "reduce",
      ...options,
    });
    const page = await context.newPage();
    await visit(page, service, async (name) => {
      const picture = `${name}-${form}`;
      if (!values.all && !shown.includes(picture)) return;
      await page.screenshot({ path: join(folder, `${picture}.png`), fullPage: true });
    });
    await context.close();
    await service.close();
  }
  await browser.close();
}

await main();
