// Runs clients that nobody here wrote, unmodified, against the strict Cognito server: tools/clients has their journeys.
//   npm run test:clients [-- options of vitest's]
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

const folder = join(root, "tools", "clients");

// A project of its own, so that nobody else installs it.
if (!isInstalled()) {
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]);
}
run("tsc", ["--noEmit", "--project", join(folder, "tsconfig.json")]);
run("vitest", ["run", "--config", join(folder, "vitest.config.ts"), ...process.argv.slice(2)]);

/** True where npm has installed since the lockfile was written. */
function isInstalled() {
  const [installed, locked] = ["node_modules/.package-lock.json", "package-lock.json"].map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Number(installed) > Number(locked);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
