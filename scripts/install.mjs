// Installs the packages that the lockfile names and node_modules lacks. Keeps no state of its own:
// npm's record of what it installed is compared with the lockfile each time.
import { spawn } from "node:child_process";
import { once } from "node:events";
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
 * @param {string} name
 * @param {LockedPackage | undefined} locked
 * @param {Purpose} purpose
 */
function isNeeded(name, locked, purpose) {
  const isPackage = name.includes("node_modules/") && !locked?.link;
  if (!isPackage || locked?.optional) return false;
  return purpose === "development" || !(locked?.dev || locked?.devOptional);
}

/** @param {{ purpose: Purpose, withNode: boolean }} needs */
function isInstalled({ purpose, withNode }) {
  const installed = packagesOf("node_modules/.package-lock.json");
  const locked = packagesOf("package-lock.json");
  const names = Object.keys(locked).filter((name) => isNeeded(name, locked[name], purpose));
  if (withNode) names.push(`node_modules/${nodePackage}`);
  return names.every((name) => installed[name]?.version === locked[name]?.version);
}

/** @param {{ purpose: Purpose, withNode: boolean }} needs */
export async function installMissingPackages({ purpose, withNode }) {
  if (isInstalled({ purpose, withNode })) return;
  console.error("portico: installing packages (npm ci), once …");
  // Spelled out on both sides, because NODE_ENV=production would change npm's defaults.
  const production = ["--omit=dev", withNode ? "--include=optional" : "--omit=optional"];
  const development = ["--include=dev", "--include=optional"];
  await npmCi(purpose === "production" ? production : development);
}

/** @param {string[]} options */
async function npmCi(options) {
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund", ...options];
  const child = spawn("npm", args, {
    cwd: root,
    shell: process.platform === "win32",
    // npm's standard output is noise here, and that of the command to come may be read by a program.
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = () => child.kill();
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const [status] = await once(child, "exit");
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (status !== 0) throw new Error("npm ci did not finish; start again when its cause is gone.");
}
