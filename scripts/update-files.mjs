// Writes files anew by the tests that guard them.
import { spawnSync } from "node:child_process";
import { root } from "./native.mjs";

/**
 * Runs tests that compare a file with what it should be, and has them write it, one after the other.
 *
 * @param {readonly string[]} guards
 */
export function updateFiles(guards) {
  for (const guard of guards) {
    // In CI vitest refuses to write, and whoever calls this wants it written.
    const env = { ...process.env, CI: "" };
    const args = ["run", "--project", "unit", guard, "--update"];
    const { status } = spawnSync("vitest", args, { cwd: root, stdio: "inherit", env });
    if (status !== 0) process.exit(status ?? 1);
  }
}
