import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { serve } from "../../src/node.ts";

/** The events of a page that tell whether all went well in it. */
export interface PageLog {
  /** The origins that were asked, in the order of the first request of each. */
  readonly origins: ReadonlySet<string>;
  /** Status and operation of each request that was refused, and the reason and address of each that got no answer. */
  readonly refused: readonly string[];
  /** Errors in the console, and exceptions that nobody caught. */
  readonly errors: readonly string[];
}

/** A page in a browser of its own. */
export interface OpenPage {
  readonly page: Page;
  readonly origin: string;
  readonly log: PageLog;
}

/**
 * Opens a page in Chromium, from an origin of its own, for one test.
 *
 * @param module a file of this folder, which is bundled as it would be for an app
 * @param name the global variable that has the module's exports
 */
export async function openPage(module: string, name: string): Promise<OpenPage> {
  const script = await bundle(module, name);
  const { port, close } = await serve({ fetch: (request) => answer(request, script), port: 0 });
  onTestFinished(close);
  const browser = await launch();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const log = logOf(page);
  const origin = `http://localhost:${port}`;
  await page.goto(origin);
  return { page, origin, log };
}

async function bundle(module: string, globalName: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, module)],
    bundle: true,
    write: false,
    format: "iife",
    globalName,
    platform: "browser",
    target: "es2022",
  });
  return outputFiles.map(({ text }) => text).join("");
}

function answer(request: Request, script: string): Response {
  const { pathname } = new URL(request.url);
  if (pathname === "/app.js") return respond(script, "text/javascript");
  if (pathname !== "/") return new Response(null, { status: 404 });
  const icon = '<link rel="icon" href="data:,">';
  return respond(`<!doctype html>${icon}<script src="/app.js"></script>`, "text/html");
}

function respond(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}

/** Starts a browser with an empty profile, which playwright removes as it ends. It reaches loopback only. */
async function launch(): Promise<Browser> {
  const executablePath = process.env.TEST_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}: install Debian's (apt-get install chromium), or name one by TEST_CHROMIUM.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
}

function logOf(page: Page): PageLog {
  const origins = new Set<string>();
  const refused: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:") origins.add(url.origin);
  });
  page.on("response", (response) => {
    if (response.ok()) return;
    const target = response.request().headers()["x-amz-target"];
    refused.push(`${response.status()} ${target?.split(".").at(-1) ?? response.url()}`);
  });
  page.on("requestfailed", (request) => {
    refused.push(`${request.failure()?.errorText} ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { origins, refused, errors };
}
