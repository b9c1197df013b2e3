import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createJweSeal } from "../../src/adapters/jwe/index.ts";
import type { MemoryIdentityProviderOptions } from "../../src/adapters/memory/index.ts";
import { createApp } from "../../src/index.ts";
import { serve } from "../../src/node.ts";
import { createTotpApp } from "../runtime/totp-app.ts";
import { describeWhere } from "../support/describe-where.ts";
import { createMemoryPorts } from "../support/memory-ports.ts";

const source = join(import.meta.dirname, "client-application.ts");
const executablePath = process.env.TEST_CHROMIUM || "/usr/bin/chromium";
const username = "ada@example.com";
const password = "Correct-Horse-7";

test("a whole application takes no more than 120 lines with the client alone", () => {
  const lines = readFileSync(source, "utf8").split("\n");
  const ofCode = lines.filter((line) => !/^\s*($|\/\/|\/\*\*.*\*\/$)/.test(line));

  expect(ofCode.length).toBeLessThanOrEqual(120);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

/** The script of the application, as a page loads it. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: { app: source },
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    outdir: "/",
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

const headers = { "Content-Type": "text/javascript" };
const html =
  '<!doctype html><title>App</title><main></main><script type="module" src="/app.js"></script>';

/** Serves the application, with the service at the same origin. */
async function start(
  scripts: ReadonlyMap<string, string>,
  options: MemoryIdentityProviderOptions = {},
) {
  const { memory, ports } = createMemoryPorts(options);
  const seal = createJweSeal({ secrets: ["seals-the-cookies-of-the-tests-only"] });
  const app = createApp({ ...ports, seal });
  const fetch = (request: Request): Response | Promise<Response> => {
    const { pathname } = new URL(request.url);
    const script = scripts.get(pathname);
    if (script !== undefined) return new Response(script, { headers });
    if (!pathname.startsWith("/v1/")) {
      return new Response(html, { headers: { "Content-Type": "text/html" } });
    }
    return app.fetch(request);
  };
  const { port, close } = await serve({ fetch, port: 0, host: "127.0.0.1" });
  onTestFinished(close);
  const code = () => memory.outbox.messagesFor(username).at(-1)?.code ?? "";
  return { url: `http://localhost:${port}`, code, identity: memory.identity };
}

/** The acts of somebody who looks at the page. */
function user(page: Page) {
  return {
    fill: (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value),
    press: (name: string) => page.getByRole("button", { name, exact: true }).click(),
    reads: (text: string | RegExp) => page.getByText(text).waitFor(),
    title: (name: string | RegExp) => page.getByRole("heading", { name }).waitFor(),
  };
}

const missing = existsSync(executablePath)
  ? undefined
  : `there is no Chromium at ${executablePath}: install Debian's (apt-get install chromium), or name one by TEST_CHROMIUM`;
const required = process.env.REQUIRE_BROWSER === "1";

describeWhere("an application with the client alone", { missing, required }, () => {
  let browser: Browser;
  let scripts: ReadonlyMap<string, string>;

  beforeAll(async () => {
    scripts = await bundled();
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(() => browser?.close());

  async function open(options?: MemoryIdentityProviderOptions) {
    const service = await start(scripts, options);
    const context = await browser.newContext({ locale: "en-US" });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(service.url);
    return { ...service, context, page, faults, ...user(page) };
  }

  test("signs up, in and out, in two tabs, and shows and changes the profile", {
    timeout: 60_000,
  }, async () => {
    const { fill, press, title, reads, code, context, url, page, faults } = await open();
    await press("Create an account");
    await fill("Email", username);
    await fill("Password", "short");
    await press("Continue");
    await reads(/does not keep the rules.*too short/);
    await fill("Password", password);
    await press("Continue");
    await title("We sent you a code");
    await press("Send it again");
    await fill("Code", code());
    await press("Continue");
    await title(`Hello ${username}`);
    await fill("Name", "Ada");
    await press("Continue");
    await title("Hello Ada");

    const other = await context.newPage();
    await other.goto(url);
    await user(other).title("Hello Ada");
    await user(other).press("Sign out");

    await title("Sign in");
    await user(other).title("Sign in");
    expect(await page.evaluate(() => document.cookie)).toBe("");
    expect(faults).toEqual([]);
  });

  test("adds an authenticator app, and asks for it or a recovery code", {
    timeout: 60_000,
  }, async () => {
    const { fill, press, title, reads, page, identity, faults } = await open();
    await identity.createUser({ username, attributes: { email: username }, invite: false });
    await identity.setPassword({ username, password, isPermanent: true });
    const signIn = async () => {
      await fill("Email", username);
      await fill("Password", password);
      await press("Continue");
    };
    await signIn();
    const answered = page.waitForResponse((response) => response.url().endsWith("/v1/me/mfa/totp"));
    await press("Add an authenticator app");
    const { secret } = await (await answered).json();
    const app = createTotpApp(secret);
    await page.locator("svg").waitFor();
    await fill("Code", await app.nextCode());
    await press("Continue");
    await title(/Keep these codes/);
    const codes = (await page.getByRole("heading").innerText()).split(": ")[1]?.split(" ") ?? [];
    await press("Done");
    await press("Sign out");

    await signIn();
    await fill("Code", await app.wrongCode());
    await press("Continue");
    await reads("This code is wrong, or not valid any more.");
    await press("I cannot get a code");
    await fill("Code", codes[0] ?? "");
    await press("Continue");

    await title(`Hello ${username}`);
    expect(faults).toEqual([]);
  });

  test("sets an app up where one is required, and a password that was forgotten", {
    timeout: 60_000,
  }, async () => {
    const { fill, press, title, page, identity, code, faults } = await open({
      mfa: "required",
      mfaMethods: ["totp"],
    });
    await identity.signUp({ username, password, attributes: { email: username } });
    const before = code();
    await identity.confirmSignUp({ username, code: before });
    await press("Forgot your password?");
    await fill("Email", username);
    await press("Continue");
    await title("We sent you a code");
    // The answer does not wait for it, so that nobody sees by the time whether there is such a user.
    await vi.waitFor(() => expect(code()).not.toBe(before));
    await fill("Code", code());
    await fill("New password", "Correct-Horse-8");
    const answered = page.waitForResponse((response) =>
      response.url().endsWith("/v1/sign-in/challenge"),
    );
    await press("Continue");
    const { challenge } = await (await answered).json();
    await page.locator("svg").waitFor();
    await fill("Code", await createTotpApp(challenge.totp.secret).nextCode());
    await press("Continue");

    await title(`Hello ${username}`);
    expect(faults).toEqual([]);
  });
});
