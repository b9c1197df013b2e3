// Lints and type-checks everything, and goes on after a failure, so that one run tells all there is. With --types it
// checks the types alone.
import { spawnSync } from "node:child_process";
import { root } from "./native.mjs";

const types = [
  ["tsc", "--project", "tsconfig.json"],
  ["tsc", "--project", "tsconfig.node.json"],
];
const checks = process.argv.includes("--types")
  ? types
  : [["biome", "check", "--error-on-warnings"], ...types];

let failed = false;
for (const [command = "", ...args] of checks) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    failed = true;
    console.error(`failed: ${command} ${args.join(" ")}`);
  }
}
process.exit(failed ? 1 : 0);
