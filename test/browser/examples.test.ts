import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/native.mjs";
import { serve } from "../../src/node.ts";
import { codeOf } from "../support/page-code.ts";
import { freePort } from "../support/server-process.ts";
import { addFactors, freshName, makeAccount, otherPassword, password } from "./support/accounts.ts";
import { fill, follow, press, see, seeAccount, seeHeading } from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { createOnMemory } from "./support/services.ts";

const folder = join(root, "tools", "pages");
const examples = { html: "index.html", react: "app.jsx", vue: "app.vue" } as const;
type Example = keyof typeof examples;

const sourceOf = (name: Example) => readFileSync(join(folder, name, examples[name]), "utf8");

test.each(Object.keys(examples) as Example[])("the example of %s is in docs/pages.md", (name) => {
  expect(codeOf("docs/pages.md").map(({ text }) => text)).toContain(sourceOf(name));
});

test.each(Object.keys(examples) as Example[])(
  "the example of %s is of at most 15 lines of one's own",
  (name) => {
    const lines = sourceOf(name).split("\n");

    expect(lines.filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(15);
  },
);

/** Builds an example as its users would. Gives its files by their paths. */
async function build(name: Example): Promise<ReadonlyMap<string, string>> {
  const load = (path: string) =>
    import(pathToFileURL(join(folder, "node_modules", path)).href) as Promise<{
      build(
        options: object,
      ): Promise<{ output: { fileName: string; code?: string; source?: string }[] }>;
      default(): unknown;
    }>;
  const vite = await load("vite/dist/node/index.js");
  const { default: vue } = await load("@vitejs/plugin-vue/dist/index.mjs");
  const { output } = await vite.build({
    root: join(folder, name),
    base: "./",
    configFile: false,
    logLevel: "error",
    plugins: [vue()],
    oxc: { jsx: { runtime: "automatic" } },
    resolve: { alias: { "portico/elements": join(root, "src", "elements.ts") } },
    build: { write: false, target: "es2022" },
  });
  return new Map(
    output.map(({ fileName, code, source }) => [`/${fileName}`, code ?? source ?? ""]),
  );
}

/** Serves an application, and the service below it, as a proxy in front of both would. */
async function startApplication(name: Example) {
  const files = await build(name);
  const port = await freePort();
  const service = createOnMemory(`http://localhost:${port}`);
  const { close } = await serve({
    port,
    fetch(request, connection) {
      const { pathname } = new URL(request.url);
      const file = pathname === "/" ? "/index.html" : pathname;
      const body = files.get(file);
      if (body === undefined) return service.app.fetch(request, connection);
      const type = file.endsWith(".html") ? "text/html" : "text/javascript";
      return new Response(body, { headers: { "Content-Type": `${type}; charset=utf-8` } });
    },
  });
  onTestFinished(close);
  return service;
}

describeInBrowser("an application with the elements", () => {
  beforeAll(() => {
    if (existsSync(join(folder, "node_modules", "vue", "package.json"))) return;
    const npm = [
      "install",
      "--no-save",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--prefix",
      folder,
    ];
    const { status, stderr } = spawnSync("npm", npm, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }, 180_000);

  test.each(Object.keys(examples) as Example[])(
    "has sign-up, account, sign-out and recovery: %s",
    async (name) => {
      const service = await startApplication(name);
      const { page, faults } = await openPage();
      const username = freshName();
      await page.goto(service.url);

      await seeHeading(page, "You are signed out");
      await follow(page, "Sign in", "Sign in");
      await follow(page, "Create an account", "Create your account");
      await fill(page, "E-mail address", username);
      await fill(page, "Password", password);
      await press(page, "Create account");
      await seeHeading(page, "Confirm your account");
      await fill(page, "Code", service.code(username));
      await press(page, "Confirm");
      await seeAccount(page, username);
      await press(page, "Sign out");
      await seeHeading(page, "You are signed out");

      await follow(page, "Sign in", "Sign in");
      await follow(page, "Forgot your password?", "Reset your password");
      await fill(page, "E-mail address", username);
      await press(page, "Send code");
      await seeHeading(page, "Choose a new password");
      await fill(page, "Code", service.code(username, "password_reset"));
      await fill(page, "New password", otherPassword);
      await press(page, "Change password");
      await seeAccount(page, username);

      expect(faults).toEqual([]);
    },
  );

  test("asks for the second factor, and keeps to the rules of the page for its looks", async () => {
    const service = await startApplication("html");
    const account = await makeAccount(service);
    const app = await addFactors(service, account, ["totp"]);
    const { page, faults } = await openPage();
    await page.goto(`${service.url}/#sign-in`);
    await page.addStyleTag({
      content: ":root { --portico-accent: rgb(0, 90, 60); } h1 { color: rgb(1, 2, 3); }",
    });

    await fill(page, "E-mail address", account.username);
    await fill(page, "Password", account.password);
    const colour = (selector: string, property: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
    expect(await colour(".portico-button--primary", "background-color")).toBe("rgb(0, 90, 60)");
    expect(await colour("h1", "color")).toBe("rgb(1, 2, 3)");
    await press(page, "Sign in");
    await fill(page, "Code", await app.nextCode());
    await press(page, "Continue");

    await seeAccount(page, account.username);
    await see(page, "Where you are signed in");
    expect(faults).toEqual([]);
  });
});
