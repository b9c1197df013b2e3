// Runs a command with the packages and the Node version that it needs, bringing first what is missing.
//   node scripts/with-node.mjs [--production] <command> [arguments]
// Plain ES2020: this file is what an older system Node gets to see.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { installMissingPackages } from "./install.mjs";
import { denoTask, nativeBinary, root } from "./native.mjs";

/** Serving needs Node that runs TypeScript as it is; the development tools need a little more. */
const minimum = { production: "22.18", development: "22.22" };

/**
 * npm puts node_modules/.bin first, so the running Node may itself be a package, which npm ci removes.
 * @param {string} required
 */
function runningNodeSuffices(required) {
  if (process.execPath.startsWith(root)) return false;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = required.split(".").map(Number);
  return major > requiredMajor || (major === requiredMajor && minor >= requiredMinor);
}

/** @param {"production" | "development"} purpose */
async function prepareNode(purpose) {
  const useRunning = runningNodeSuffices(minimum[purpose]);
  await installMissingPackages({ purpose, withNode: !useRunning });
  if (useRunning) return process.execPath;
  const packaged = nativeBinary("node");
  if (existsSync(packaged)) return packaged;
  throw new Error(`Node ${minimum[purpose]} or newer is needed; this is ${process.version}.`);
}

/**
 * The runtimes' own launchers leave their child behind when they are killed, so go without them.
 * @param {string[]} commandLine
 */
function withoutLauncher([command = "node", ...args]) {
  if (command === "deno" && args[0] === "task") {
    return { executable: nativeBinary("deno"), args: denoTask(args[1] ?? "") };
  }
  const isRuntime = command === "deno" || command === "bun";
  return { executable: isRuntime ? nativeBinary(command) : command, args };
}

/**
 * Runs the command to its end.
 * @param {string} node
 * @param {string[]} commandLine
 */
function run(node, commandLine) {
  const { executable, args } = withoutLauncher(commandLine);
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH];
  const child = spawn(executable, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path.join(delimiter) },
    // In a process group of its own it gets its signals from here only, and so each of them once.
    detached: process.platform !== "win32",
  });
  passSignalsTo(child);
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
  });
}

/**
 * One Ctrl-C arrives from the terminal and from npm, and the parent's end follows. A server takes a
 * second signal for impatience, so what comes within a second counts as the same signal.
 * @param {import("node:child_process").ChildProcess} child
 */
function passSignalsTo(child) {
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - lastAt > 1000) passTo(child, signal);
      lastAt = now;
    });
  }
}

/**
 * A terminal that closes tells every process that runs in it, so the child's own children as well: what `node --watch`
 * started would serve on without it.
 * @param {import("node:child_process").ChildProcess} child
 * @param {"SIGINT" | "SIGTERM" | "SIGHUP"} signal
 */
function passTo(child, signal) {
  const isGroup = child.pid !== undefined && process.platform !== "win32";
  if (signal === "SIGHUP" && isGroup) process.kill(-Number(child.pid), signal);
  else child.kill(signal);
}

/**
 * npm passes a signal on to its shell only, and the shell dies of it without a word to this process.
 * A parent that is gone is therefore taken for the signal that never came.
 */
function stopWithParent() {
  const parent = process.ppid;
  const stopWhenOrphaned = () => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  };
  const timer = setInterval(stopWhenOrphaned, 250).unref();
}

/** @param {unknown} error */
function fail(error) {
  console.error(`portico: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const args = process.argv.slice(2);
const purpose = args[0] === "--production" ? "production" : "development";
if (process.env.npm_lifecycle_event) stopWithParent();
try {
  const node = await prepareNode(purpose);
  run(node, purpose === "production" ? args.slice(1) : args);
} catch (error) {
  fail(error);
}
