// Installs the packages that the lockfile names and node_modules lacks. Keeps no state of its own:
// npm's record of what it installed is compared with the lockfile each time.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodePackage, root } from "./native.mjs";

/**
 * @typedef {{ version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {"production" | "development"} Purpose
 */

/** @param {string} path @returns {Record<string, LockedPackage>} */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
  } catch {
    // Nothing was ever installed. A lockfile that cannot be read fails in npm, which says it better.
    return {};
  }
}

/**
 * Optional packages are passed over: all but a few of them are other platforms' binaries.
 * @param {LockedPackage} locked
 * @param {Purpose} purpose
 */
function isNeeded(locked, purpose) {
  if (locked.link || locked.optional || !locked.version) return false;
  return purpose === "development" || !(locked.dev || locked.devOptional);
}

/** @param {{ purpose: Purpose, withNode: boolean }} needs */
function isInstalled({ purpose, withNode }) {
  const installed = packagesOf("node_modules/.package-lock.json");
  const locked = packagesOf("package-lock.json");
  const needed = Object.entries(locked).filter(([, entry]) => isNeeded(entry, purpose));
  const names = needed.map(([name]) => name);
  if (withNode) names.push(`node_modules/${nodePackage}`);
  return names.every((name) => installed[name]?.version === locked[name]?.version);
}

/** @param {{ purpose: Purpose, withNode: boolean }} needs */
export function installMissingPackages({ purpose, withNode }) {
  if (isInstalled({ purpose, withNode })) return;
  // Spelled out on both sides, because NODE_ENV=production would change npm's defaults.
  const production = ["--omit=dev", withNode ? "--include=optional" : "--omit=optional"];
  const development = ["--include=dev", "--include=optional"];
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund"];
  console.error("portico: installing packages (npm ci), once …");
  const result = npm([...args, ...(purpose === "production" ? production : development)]);
  if (result.status !== 0) throw new Error("npm ci failed; its message is above.");
}

/**
 * npm's standard output is noise here, and that of the command to come may be read by a program.
 * @param {string[]} args
 */
function npm(args) {
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { cwd: root, stdio: ["ignore", "ignore", "inherit"] };
  const npmCli = process.env.npm_execpath;
  if (npmCli?.endsWith(".js")) return spawnSync(process.execPath, [npmCli, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}
