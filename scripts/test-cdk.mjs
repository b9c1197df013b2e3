// Synthesises the user pool of a new project with the AWS CDK, and holds it against the rules of the check.
//   npm run test:cdk
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./native.mjs";

const folder = join(root, "tools", "cdk");

// A project of its own, so that nobody else installs it.
if (!existsSync(join(folder, "node_modules", "aws-cdk-lib"))) {
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]);
}
run("tsc", ["--noEmit", "--project", join(folder, "tsconfig.json")]);
run("vitest", ["run", "--config", join(folder, "vitest.config.ts"), ...process.argv.slice(2)]);

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell });
  if (status !== 0) process.exit(status ?? 1);
}
