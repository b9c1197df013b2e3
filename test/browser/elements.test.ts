import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/native.mjs";
import { serve } from "../../src/node.ts";
import { freePort } from "../support/server-process.ts";
import { freshName, makeAccount, password } from "./support/accounts.ts";
import { fill, press, seeHeading } from "./support/acting.ts";
import { describeInBrowser, openPage } from "./support/chromium.ts";
import { createOnMemory } from "./support/services.ts";

let script = "";

/** The elements and the client as one script, whose exports are the page's global `portico`. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./elements.ts"; export * from "./client.ts";',
      resolveDir: join(root, "src"),
    },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "portico",
    target: "es2022",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** Serves a page of an application's own, on the service's origin, and opens it. */
async function openOwnPage(body: string, options = "") {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const service = createOnMemory(url);
  const { close } = await serve({
    port,
    fetch(request, connection) {
      const { pathname } = new URL(request.url);
      if (pathname === "/own.js") {
        const headers = { "Content-Type": "text/javascript" };
        return new Response(`${script}\nportico.defineElements(${options});`, { headers });
      }
      if (pathname !== "/own") return service.app.fetch(request, connection);
      const page = `<!doctype html><html lang="en"><title>Own</title><link rel="icon" href="data:,">${body}<script src="/own.js"></script></html>`;
      return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
    },
  });
  onTestFinished(close);
  const { page, faults } = await openPage();
  await page.goto(`${url}/own`);
  return { service, page, faults };
}

async function signIn(page: Page, username: string): Promise<void> {
  await fill(page, "E-mail address", username);
  await fill(page, "Password", password);
  await press(page, "Sign in");
}

describeInBrowser("an element on a page of an application's own", () => {
  beforeAll(async () => {
    script = await bundle();
  });

  test("tells of a sign-in, and goes on unless it is kept from that", async () => {
    const { service, page, faults } = await openOwnPage(
      '<portico-sign-in return-to="/recover"></portico-sign-in>',
    );
    const account = await makeAccount(service);
    await page.evaluate(() => {
      addEventListener("portico-signed-in", (event) => {
        event.preventDefault();
        document.title = JSON.stringify(Reflect.get(event, "detail"));
      });
    });

    await signIn(page, account.username);

    await expect.poll(() => page.title()).toBe(JSON.stringify({ username: account.username }));
    expect(new URL(page.url()).pathname).toBe("/own");
    expect(faults).toEqual([]);
  });

  test("follows no address that is a script", async () => {
    const { service, page, faults } = await openOwnPage(
      '<portico-sign-in return-to="javascript:document.title=`bad`"></portico-sign-in>',
    );
    const account = await makeAccount(service);

    await signIn(page, account.username);

    await seeHeading(page, "You are signed in");
    expect(await page.title()).toBe("Own");
    expect(faults).toEqual([]);
  });

  test("keeps what was typed when it is moved", async () => {
    const { page, faults } = await openOwnPage(
      "<portico-sign-in></portico-sign-in><section></section>",
    );
    await fill(page, "E-mail address", "ada@example.com");

    await page.evaluate(() => {
      const element = document.querySelector("portico-sign-in");
      if (element) document.querySelector("section")?.append(element);
    });

    expect(await page.locator("section [name=username]").inputValue()).toBe("ada@example.com");
    expect(faults).toEqual([]);
  });

  test("begins anew when it comes back", async () => {
    const { page, faults } = await openOwnPage("<portico-sign-in></portico-sign-in>");
    await seeHeading(page, "Sign in");

    await page.evaluate(async () => {
      const element = document.querySelector("portico-sign-in");
      element?.remove();
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (element) document.body.append(element);
    });

    await seeHeading(page, "Sign in");
    expect(faults).toEqual([]);
  });

  test("speaks the language around it, or one of the application's own", async () => {
    const { page, faults } = await openOwnPage(
      '<div lang="de"><portico-sign-in heading-level="2"></portico-sign-in></div><div lang="fr"><portico-recover></portico-recover></div>',
      '{ texts: { fr: async () => ({ labels: { recover_title: "Mot de passe" }, errors: {} }) } }',
    );

    await page.getByRole("heading", { level: 2, name: "Anmelden" }).waitFor();
    await page.getByLabel("Passwort", { exact: true }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Mot de passe" }).waitFor();
    expect(faults).toEqual([]);
  });

  test("leaves a link to the application that wants it", async () => {
    const { page, faults } = await openOwnPage("<portico-sign-in></portico-sign-in>");
    await page.evaluate(() => {
      addEventListener("portico-go", (event) => {
        event.preventDefault();
        document.title = Reflect.get(event, "detail").to;
      });
    });

    await page.getByRole("link", { name: "Create an account" }).click();

    expect(await page.title()).toBe("sign-up");
    expect(page.url()).not.toContain("#");
    expect(faults).toEqual([]);
  });

  test("sends the token of a captcha that the application has solved", async () => {
    const { page, faults } = await openOwnPage(
      "<portico-sign-up></portico-sign-up>",
      "{ captcha: async ({ operation, siteKey }) => [operation, siteKey].join(' ') }",
    );
    await page.route("**/v1/capabilities", async (route) => {
      const answer = await route.fetch();
      const captcha = { operations: ["signUp"], site_key: "public" };
      await route.fulfill({ response: answer, json: { ...(await answer.json()), captcha } });
    });
    await page.reload();
    await fill(page, "E-mail address", freshName());
    await fill(page, "Password", password);

    const [request] = await Promise.all([
      page.waitForRequest("**/v1/sign-up"),
      press(page, "Create account"),
    ]);

    expect((await request.allHeaders())["portico-captcha"]).toBe("signUp public");
    await seeHeading(page, "Confirm your account");
    expect(faults).toEqual([]);
  });
});
