import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { password, username } from "../support.ts";
import { createBrowser, startSessions } from "./support.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/browser-sessions.md"), "utf8");
const [, example = ""] = /```js\n([\s\S]*?)```/.exec(page) ?? [];

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Runs statements that wait, with some names given. */
function run(statements: string, given: Readonly<Record<string, unknown>>): Promise<unknown> {
  const make = new Function(...Object.keys(given), `return (async () => {${statements}})()`);
  return make(...Object.values(given));
}

test("the page on sessions in cookies shows what works", async () => {
  const service = startSessions();
  await service.signUp();
  const browser = createBrowser(service);
  const answers: string[] = [];

  await run(example, {
    username,
    password,
    async fetch(path: string, { method = "GET", headers = {}, body }: Sent) {
      const { status, text } = await browser.send(method, path, body && JSON.parse(body), headers);
      answers.push(`${method} ${path} ${status}`);
      return new Response(status === 204 ? null : text, { status });
    },
  });

  expect(answers).toEqual(["POST /v1/sign-in 200", "GET /v1/me 200", "POST /v1/sign-out 204"]);
  expect(browser.jar.size).toBe(0);
});
