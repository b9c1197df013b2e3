// Runs clients that nobody here wrote, unmodified, against the strict Cognito server: tools/clients has their journeys.
//   npm run test:clients [-- options of vitest's]
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installTool } from "./install-tool.mjs";
import { root } from "./native.mjs";

const folder = installTool("clients");
run("tsc", ["--noEmit", "--project", join(folder, "tsconfig.json")]);
run("vitest", ["run", "--config", join(folder, "vitest.config.ts"), ...process.argv.slice(2)]);

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
