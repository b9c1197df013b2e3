import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/native.mjs";

const folder = join(root, "tools", "bench");

/**
 * Installs what the benchmark measures against, unless just that is there.
 *
 * @throws {Error} when npm does not get it
 */
export function installPeers(): void {
  const locked = versionsIn("package-lock.json");
  const installed = versionsIn("node_modules/.package-lock.json");
  if ([...locked].every(([name, version]) => installed.get(name) === version)) return;
  console.error("portico: installing what is measured against (npm ci), once …");
  const args = ["ci", "--prefix", folder, "--loglevel=error", "--no-audit", "--no-fund"];
  const stdio = ["ignore", "ignore", "inherit"] as const;
  const { status } = spawnSync("npm", args, {
    stdio: [...stdio],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm ci did not finish; start again when its cause is gone.");
}

/** Reads the versions from a lockfile, or from npm's own record of what it installed. */
function versionsIn(path: string): ReadonlyMap<string, string> {
  const file = join(folder, path);
  if (!existsSync(file)) return new Map();
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as {
    packages: Record<string, { version?: string; optional?: boolean }>;
  };
  return new Map(
    Object.entries(packages)
      .filter(([name, { optional }]) => name !== "" && !optional)
      .map(([name, { version = "" }]) => [name, version]),
  );
}
