import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readEnvironment } from "../src/service/settings.ts";

test("`dev:worker` names what it serves, and a deployment has to name its own", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const text = readFileSync("wrangler.jsonc", "utf8").replaceAll(/^\s*\/\/.*$/gm, "");
  const { vars = {}, env } = JSON.parse(text);

  expect(scripts["dev:worker"]).toMatch(/wrangler dev --env dev$/);
  expect(env.dev.vars).toEqual({ IDENTITY_PROVIDER: "memory", DEV_OUTBOX: "true" });
  expect(env.dev.build.command).toMatch(/build:worker -- --env dev$/);
  expect(() => readEnvironment(env.dev.vars, { isHosted: true })).not.toThrow();
  expect(() => readEnvironment(vars, { isHosted: true })).toThrow("IDENTITY_PROVIDER");
});
