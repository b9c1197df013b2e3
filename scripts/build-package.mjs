// Builds what is published: dist/ with one bundled module for each entry, what several of them share in chunks beside
// them, source maps, and the types.
import { spawnSync } from "node:child_process";
import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { withDocumentPrebuilt } from "./build-worker.mjs";
import { root } from "./native.mjs";

const { dependencies, peerDependencies, exports, bin } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/**
 * The part of a dependency that is used goes into the bundle where loading all of it costs more than the bundle does: zod
 * comes with sixty languages and three generators. No schema of ours meets one of the installing project's.
 */
const bundledDependencies = ["zod"];

/**
 * The parts of dependencies that go into the bundle likewise, as they are some lines that a file of their own, and the
 * search for it, take longer to load than the rest of the verifier: no state, and no class.
 */
const bundledParts = ["jose/base64url"];

/** The entry that is started most often by itself, in functions that sleep between requests. */
const lightest = join(root, "src", "jwt.ts");

/** The service as a bundled file, which no entry exports: it is for running, from the package. */
export const service = "./dist/runtimes/node.js";

/**
 * Takes the listed parts of dependencies into the bundle.
 * @type {import("esbuild").Plugin}
 */
const withPartsBundled = {
  name: "with-parts-bundled",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(?:${bundledParts.join("|")})$`) }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
      sideEffects: false,
    }));
  },
};

/**
 * Has each module that anything can begin with take along all that the lightest entry loads. A chunk is what the same modules
 * share, so that entry would come in eight, and Node takes longer for a file than for what is in it: now it is one chunk.
 * @type {import("esbuild").Plugin}
 */
const withLightestWhole = {
  name: "with-lightest-whole",
  setup({ onResolve, onLoad }) {
    const namespace = "beginning";
    onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
      if (kind !== "entry-point" && kind !== "dynamic-import") return undefined;
      const file = join(resolveDir, path);
      return file === lightest ? { path: file, sideEffects: true } : { path: file, namespace };
    });
    // Or it would be left out, as nothing is used of it.
    onResolve({ filter: /./, namespace }, ({ path }) => ({ path, sideEffects: true }));
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: [
        ...(/^#!.*/.exec(readFileSync(path, "utf8")) ?? []),
        ...[`import ${JSON.stringify(lightest)};`, `export * from ${JSON.stringify(path)};`],
      ].join("\n"),
      resolveDir: root,
    }));
  },
};

if (process.argv[1] === import.meta.filename) {
  // A module that was renamed must not live on in the package. The Worker's bundle is not part of it.
  for (const entry of globSync("dist/*", { cwd: root, exclude: ["dist/worker"] })) {
    rmSync(join(root, entry), { recursive: true });
  }
  writeTypes();
  await writeModules();
}

/**
 * Writes the modules, without their types. Entries are bundled together, so that what they share exists once: an
 * `IdentityError` of one is that of all. Nobody imports the service, so it is one file of its own, which loads faster and in
 * less memory than two dozen chunks.
 */
export async function writeModules() {
  const entries = Object.values(exports).flatMap((target) => target.default ?? []);
  const sources = await Promise.all(
    [[...entries, ...Object.values(bin)], [service]].map(writeBundle),
  );
  writeLicenses(new Set(sources.flat()));
}

/**
 * Bundles modules, with what they share and what they load later in chunks, and gives the sources that went into them.
 * @param {string[]} paths
 */
async function writeBundle(paths) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: paths.map((path) => ({ in: sourceOf(path), out: outputOf(path) })),
    outdir: "dist",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    target: "es2024",
    platform: "neutral",
    mainFields: ["module", "main"],
    // Dependencies are the installing project's: it has one copy of each, and updates them.
    external: ["node:*", ...externalPackages().flatMap((name) => [name, `${name}/*`])],
    // Makes a call of a pattern with the flag `u`, as the engine takes memory for a literal whether it is used or not.
    supported: { "regexp-sticky-and-unicode-flags": false },
    plugins: [
      withPartsBundled,
      ...(paths.length > 1 ? [withLightestWhole] : []),
      withDocumentPrebuilt,
    ],
    metafile: true,
    sourcemap: true,
    // With the sources in them the package would be half as large again.
    sourcesContent: false,
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs);
}

function externalPackages() {
  return Object.keys({ ...dependencies, ...peerDependencies }).filter(
    (name) => !bundledDependencies.includes(name),
  );
}

/**
 * Writes the licenses of what is bundled beside it, which is what they ask for.
 * @param {Set<string>} sources
 */
function writeLicenses(sources) {
  const packages = new Set(
    [...sources].flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  const texts = [...packages].map((name) => {
    const folder = join(root, "node_modules", name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
    if (file === undefined) throw new Error(`${name} comes without its license.`);
    return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(root, "dist", "THIRD-PARTY-LICENSES.txt"), texts.join("\n"));
}

function writeTypes() {
  const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
  const { status } = spawnSync("tsc", ["--project", "tsconfig.build.json"], options);
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} path */
function sourceOf(path) {
  return path.replace("./dist/", "./src/").replace(/\.js$/, ".ts");
}

/** @param {string} path */
function outputOf(path) {
  return path.replace("./dist/", "").replace(/\.js$/, "");
}
