// The types of the packages: those declarations that an entry leads to, and no others.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./native.mjs";
import { folderOf, moduleOf } from "./packages.mjs";

/** The declarations of the whole source, while packages are built. */
const declared = join(root, "dist", "types");

/** A module that a declaration names: by a path, as all of ours end in `.ts`. */
const relativeModule = /((?:\bfrom|\bimport)\s*\(?\s*")(\.[^"]+)\.ts(")/g;

/**
 * Writes the types of the packages.
 * @param {readonly import("./packages.mjs").Package[]} packages
 */
export function writeTypes(packages) {
  rmSync(declared, { recursive: true, force: true });
  const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
  const args = ["--project", "tsconfig.build.json", "--outDir", declared];
  const { status } = spawnSync("tsc", args, options);
  if (status !== 0) throw new Error("The types were not made.");
  for (const pack of packages) writePackage(pack);
  rmSync(declared, { recursive: true });
}

/** @param {import("./packages.mjs").Package} pack */
function writePackage(pack) {
  const folder = folderOf(pack);
  /** @type {Set<string>} */
  const reached = new Set();
  for (const file of Object.values(pack.entries)) reach(join(declared, `${file}.d.ts`), reached);
  for (const file of reached) {
    write(join(folder, "types", relative(declared, file)), portable(readFileSync(file, "utf8")));
  }
  for (const [subpath, file] of Object.entries(pack.entries)) {
    write(join(folder, `${moduleOf(subpath)}.d.ts`), `export * from "./types/${file}.js";\n`);
  }
}

/**
 * Finds all declarations that one leads to.
 * @param {string} file
 * @param {Set<string>} reached
 */
function reach(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, , path = ""] of readFileSync(file, "utf8").matchAll(relativeModule)) {
    reach(join(dirname(file), `${path}.d.ts`), reached);
  }
}

/**
 * Writes a declaration for every compiler that is supported: modules are named as they are published, and an array of bytes
 * says nothing of its memory, which TypeScript knows since 5.7 only.
 * @param {string} declaration
 */
function portable(declaration) {
  return declaration
    .replaceAll(relativeModule, "$1$2.js$3")
    .replaceAll(/\b(Uint8Array|Uint32Array)<ArrayBuffer(?:Like)?>/g, "$1");
}

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
