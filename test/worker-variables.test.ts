import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { workerVariables } from "../scripts/worker-variables.mjs";

const config = `{
  // Of a deployment: "vars": { "IDENTITY_PROVIDER": "better-auth" },
  "vars": { "IDENTITY_PROVIDER": "cognito", "RESOURCE_URL": "https://id.example/*no comment*/", },
  /* "env": {}, */
  "env": { "dev": { "vars": { "IDENTITY_PROVIDER": "memory" } }, "bare": {} },
}`;

/** A folder with files by name, besides `wrangler.jsonc`. */
function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "portico-wrangler-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries({ "wrangler.jsonc": config, ...files })) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test("a Worker is built of the variables in wrangler.jsonc, which has comments", () => {
  expect(workerVariables({ folder: folderWith() })).toEqual({
    IDENTITY_PROVIDER: "cognito",
    RESOURCE_URL: "https://id.example/*no comment*/",
  });
});

test("an environment has variables of its own, and no others", () => {
  const folder = folderWith();
  expect(workerVariables({ folder, environment: "dev" })).toEqual({ IDENTITY_PROVIDER: "memory" });
  expect(workerVariables({ folder, environment: "bare" })).toEqual({});
  expect(() => workerVariables({ folder, environment: "dve" })).toThrow(/no environment dve/);
});

test.each([
  [{ ".dev.vars": "IDENTITY_PROVIDER=cognito", ".env": "IDENTITY_PROVIDER=memory" }, "cognito"],
  [
    { ".dev.vars": "IDENTITY_PROVIDER=memory", ".dev.vars.dev": 'IDENTITY_PROVIDER="cognito"' },
    "cognito",
  ],
  [{ ".env": "IDENTITY_PROVIDER=memory", ".env.dev": "IDENTITY_PROVIDER=cognito" }, "cognito"],
  [{}, "memory"],
])("in development the files that Wrangler reads go before them: %j", (files, provider) => {
  const folder = folderWith(files);
  const place = { folder, environment: "dev" };
  expect(workerVariables({ ...place, isDevelopment: true })).toEqual({
    IDENTITY_PROVIDER: provider,
  });
  expect(workerVariables(place)).toEqual({ IDENTITY_PROVIDER: "memory" });
});
