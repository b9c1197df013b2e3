// Runs a command with the packages and the Node version that it needs, bringing first what is missing.
//   node scripts/with-node.mjs [--production] <command> [arguments]
// Plain ES2020: this file is what an older system Node gets to see.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { installMissingPackages } from "./install.mjs";
import { nativeBinary, root } from "./native.mjs";

/** Serving needs Node that runs TypeScript as it is; the development tools need a little more. */
const minimum = { production: "22.18", development: "22.22" };

/** @param {string} required */
function runningNodeSuffices(required) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = required.split(".").map(Number);
  return major > requiredMajor || (major === requiredMajor && minor >= requiredMinor);
}

/** @param {"production" | "development"} purpose */
function prepareNode(purpose) {
  const useRunning = runningNodeSuffices(minimum[purpose]);
  installMissingPackages({ purpose, withNode: !useRunning });
  if (useRunning) return process.execPath;
  const packaged = nativeBinary("node");
  if (existsSync(packaged)) return packaged;
  throw new Error(`Node ${minimum[purpose]} or newer is needed; this is ${process.version}.`);
}

/**
 * The runtimes' own launchers leave their child behind when they are killed, so go without them.
 * @param {string} command
 */
function executableOf(command) {
  return command === "deno" || command === "bun" ? nativeBinary(command) : command;
}

/**
 * Runs the command to its end; signals go to it, so that a server can stop as it likes.
 * @param {string} node
 * @param {string[]} commandLine
 */
function run(node, [command = "node", ...args]) {
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH];
  const child = spawn(executableOf(command), args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path.join(delimiter) },
  });
  process.on("SIGINT", () => child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
}

/** @param {unknown} error */
function fail(error) {
  console.error(`portico: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const args = process.argv.slice(2);
const production = args[0] === "--production";
try {
  run(prepareNode(production ? "production" : "development"), production ? args.slice(1) : args);
} catch (error) {
  fail(error);
}
