// Has linters and generators that nobody here wrote read the OpenAPI document, and takes the clients that they make through a
// journey on a started service: tools/generators has them.
//   npm run test:generators [-- options of vitest's]
import { spawnSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./native.mjs";

const folder = join(root, "tools", "generators");
const made = join(folder, "generated");
const olderForm = join(made, "openapi-3.0.yaml");

// A project of its own, so that nobody else installs it.
if (!isInstalled()) {
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]);
}
rmSync(made, { recursive: true, force: true });
run("node", ["scripts/openapi-30.mjs", "--json", made]);

for (const document of ["openapi.yaml", olderForm]) {
  run("redocly", ["lint", "--extends=recommended-strict", document]);
  tool("@stoplight/spectral-cli/dist/index.js", [
    "lint",
    "--fail-severity=hint",
    `--ruleset=${join(folder, "spectral.yaml")}`,
    document,
  ]);
}

tool("openapi-typescript/bin/cli.js", [
  "openapi.yaml",
  "-o",
  join(made, "openapi-typescript/api.ts"),
]);
tool("@hey-api/openapi-ts/bin/run.js", ["-i", "openapi.yaml", "-o", join(made, "hey-api")]);
tool("orval/dist/bin/orval.mjs", ["--config", join(folder, "orval.config.mjs")]);
run("tsc", ["--noEmit", "--project", join(folder, "tsconfig.json")]);
run("vitest", ["run", "--config", join(folder, "vitest.config.ts"), ...process.argv.slice(2)]);

/** True where npm has installed since the lockfile was written. */
function isInstalled() {
  const [installed, locked] = ["node_modules/.package-lock.json", "package-lock.json"].map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Number(installed) > Number(locked);
}

/**
 * Runs a program of the project's own packages.
 * @param {string} program
 * @param {readonly string[]} args
 */
function tool(program, args) {
  run("node", [join(folder, "node_modules", program), ...args]);
}

/** @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
