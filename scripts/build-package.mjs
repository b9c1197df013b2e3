// Builds what is published: dist/ with one bundled module for each entry, what several of them share in chunks beside
// them, source maps, and the types.
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { root } from "./native.mjs";

/** The service as a bundled file, which no entry exports: it is for running, from the package. */
export const service = "./dist/runtimes/node.js";

if (process.argv[1] === import.meta.filename) {
  // A module that was renamed must not live on in the package. The Worker's bundle is not part of it.
  for (const entry of globSync("dist/*", { cwd: root, exclude: ["dist/worker"] })) {
    rmSync(join(root, entry), { recursive: true });
  }
  writeTypes();
  await writeModules();
}

/** Entries are bundled together, so that what they share exists once: an `IdentityError` of one is that of all. */
async function writeModules() {
  await build({
    absWorkingDir: root,
    entryPoints: publishedModules().map((path) => ({ in: sourceOf(path), out: outputOf(path) })),
    outdir: "dist",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    target: "es2024",
    platform: "neutral",
    // Dependencies are the installing project's: it has one copy of each, and updates them.
    packages: "external",
    sourcemap: true,
    // The sources as well, as they are not in the package: a debugger shows them.
    sourcesContent: false,
    logLevel: "warning",
  });
}

function writeTypes() {
  const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
  const { status } = spawnSync("tsc", ["--project", "tsconfig.build.json"], options);
  if (status !== 0) process.exit(status ?? 1);
}

/** The modules that somebody can import or run, as paths in the package. */
function publishedModules() {
  const { exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entries = Object.values(exports).flatMap((target) => target.default ?? []);
  return [...entries, ...Object.values(bin), service].map(String);
}

/** @param {string} path */
function sourceOf(path) {
  return path.replace("./dist/", "src/").replace(/\.js$/, ".ts");
}

/** @param {string} path */
function outputOf(path) {
  return path.replace("./dist/", "").replace(/\.js$/, "");
}
