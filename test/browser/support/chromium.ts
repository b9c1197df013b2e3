import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";
import { describeWhere } from "../../support/describe-where.ts";

const executablePath = process.env.TEST_CHROMIUM || "/usr/bin/chromium";

/**
 * Describes tests that run in Chromium. Where there is none they are skipped, and say why; where REQUIRE_BROWSER is set, that
 * is a failure.
 */
export function describeInBrowser(title: string, define: () => void): void {
  const missing = existsSync(executablePath)
    ? undefined
    : `there is no Chromium at ${executablePath}: install Debian's (apt-get install chromium), or name one by TEST_CHROMIUM`;
  describeWhere(title, { missing, required: process.env.REQUIRE_BROWSER === "1" }, () => {
    afterAll(closeBrowser);
    define();
  });
}

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file. It reaches loopback only. */
export function launchBrowser(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
    ],
  });
  return browser;
}

async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** A page, and the faults that came up in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors in the console, but for answers of the service that are errors, and exceptions that nobody caught. */
  readonly faults: readonly string[];
}

/** Opens a page in a browser profile of its own, for one test. */
export async function openPage(options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await (await launchBrowser()).newContext({
    locale: "en-US",
    viewport: { width: 1100, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, faults: watch(page) };
}

/** Gives the list that the faults of a page are put on. */
export function watch(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    // Chromium writes a line for each answer that is an error, a wrong password say, and for each that did not come.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !isAnswer) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return faults;
}
