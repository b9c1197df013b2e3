// Holds the built package against its manifest: each entry is packed, with its types, and loads on the
// runtimes that it is for.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { nativeBinary, root } from "./native.mjs";

const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const [pack] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: root, encoding: "utf8" }),
);
const packed = new Set(pack.files.map((/** @type {{ path: string }} */ { path }) => `./${path}`));

/** @type {Record<string, string[]>} */
const runtimes = {
  node: [process.execPath, "--input-type=module", "--eval"],
  deno: [nativeBinary("deno"), "eval"],
  bun: [nativeBinary("bun"), "--eval"],
};

/** @type {string[]} */
const faults = [];
for (const [subpath, target] of Object.entries(exports)) {
  if (typeof target === "string") continue;
  for (const path of [target.types, target.default]) {
    if (!packed.has(path)) faults.push(`${subpath}: ${path} is not in the package`);
  }
  for (const [runtime, [command = "", ...args]] of Object.entries(runtimes)) {
    if (subpath === "./node" && runtime !== "node") continue;
    const program = `if (Object.keys(await import(${JSON.stringify(join(root, target.default))})).length === 0) throw new Error("it exports nothing")`;
    const { status, stderr } = spawnSync(command, [...args, program], { encoding: "utf8" });
    const reason = stderr.split("\n").find((line) => /error/i.test(line)) ?? stderr;
    if (status !== 0) faults.push(`${subpath} does not load on ${runtime}: ${reason}`);
  }
}

for (const fault of faults) console.error(fault);
console.log(`${name}: ${packed.size} files, ${(pack.size / 1024).toFixed(1)} KiB packed`);
process.exitCode = faults.length > 0 ? 1 : 0;
