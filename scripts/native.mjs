// Where the runtimes' own executables are. The commands in node_modules/.bin are launchers that want an
// install script and leave the real process behind when they are killed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const { platform, arch } = process;
const bunArch = arch === "arm64" ? "aarch64" : arch;
const denoLibc = platform === "linux" ? "-glibc" : "";
const workerdArch = arch === "x64" ? "64" : arch;

export const nodePackage = `node-${platform}-${arch}`;

/** Paths below node_modules. Bun's install script, where npm runs it, moves the file to the second place. */
const binaries = {
  node: [`${nodePackage}/bin/node`],
  deno: [`@deno/${platform}-${arch}${denoLibc}/deno`],
  bun: [`@oven/bun-${platform}-${bunArch}/bin/bun`, "bun/bin/bun.exe"],
  workerd: [`@cloudflare/workerd-${platform}-${workerdArch}/bin/workerd`],
};

/** @param {"node" | "deno" | "bun" | "workerd"} name */
export function nativeBinary(name) {
  const [first = "", ...others] = binaries[name].map((path) => join(root, "node_modules", path));
  return existsSync(first) ? first : (others.find(existsSync) ?? first);
}

/**
 * The arguments of a task of deno.json, for running it without `deno task`, which would find the launcher.
 * @param {string} name
 */
export function denoTask(name) {
  const { tasks } = JSON.parse(readFileSync(join(root, "deno.json"), "utf8"));
  const [deno, ...args] = String(tasks[name]).split(" ");
  if (deno !== "deno") throw new Error(`the task ${name} of deno.json does not run deno`);
  return args;
}
