import { afterEach, beforeAll, expect, test } from "vitest";
import { buildWorker } from "../../scripts/build-worker.mjs";
import { assets } from "../../src/http/pages/assets.ts";
import {
  describeOnRuntime,
  type RunningRuntime,
  runtimeNames,
  startRuntime,
} from "../support/runtimes.ts";

const timeout = { timeout: 60_000 };
const named = {
  IDENTITY_PROVIDER: "memory",
  PAGES: "on",
  SESSION_SECRETS: "seals-the-cookies-of-the-tests-only",
  RETURN_TO_ORIGINS: "https://app.example.com",
};

let service: RunningRuntime | undefined;
afterEach(async () => {
  await service?.kill();
  service = undefined;
});

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the pages on ${runtime}`, () => {
    beforeAll(async () => {
      if (runtime === "worker") await buildWorker("with-pages", named);
    });

    test("are served, with all that they load", timeout, async () => {
      service = await startRuntime(runtime, named, { bundle: "with-pages" });
      const { url } = service;
      const back = "https://app.example.com/start";

      const page = await (await fetch(`${url}/sign-in?return_to=${back}`)).text();
      const wrong = await fetch(`${url}/sign-in?return_to=//app.example.com`);
      const files = await Promise.all(
        Object.keys(assets).map(async (name) => [
          name,
          await (await fetch(`${url}/assets/${name}`)).text(),
        ]),
      );

      expect(page).toContain(`return-to="${back}"`);
      expect(wrong.status).toBe(400);
      expect(Object.fromEntries(files)).toEqual(assets);
    });
  });
}

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `${runtime} with no settings`, () => {
    test("serves the pages, with the messages that are not sent", timeout, async () => {
      service = await startRuntime(runtime, {});

      const page = await (await fetch(`${service.url}/sign-up`)).text();

      expect(page).toContain("<portico-sign-up");
      expect(page).toContain('data-outbox="dev/outbox"');
    });
  });
}
