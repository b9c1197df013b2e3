// Installs the packages of a folder in tools/, where they are not yet.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./native.mjs";

/**
 * Gives the folder of a tool, which is a project of its own, so that nobody else installs it.
 * @param {string} name
 */
export function installTool(name) {
  const folder = join(root, "tools", name);
  if (isInstalled(folder)) return folder;
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", [...args, "--prefix", folder], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`The packages of ${folder} were not installed.`);
  return folder;
}

/**
 * True where npm has installed since the lockfile was written.
 * @param {string} folder
 */
function isInstalled(folder) {
  const [installed, locked] = ["node_modules/.package-lock.json", "package-lock.json"].map(
    (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return Number(installed) > Number(locked);
}
