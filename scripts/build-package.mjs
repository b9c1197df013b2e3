// Builds what is published: dist/portico, dist/portico-jwt and dist/portico-client, each with its modules, their source
// maps and types, a manifest, and the licenses. `npm pack ./dist/portico-jwt` makes a tarball of one.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { withDocumentPrebuilt } from "./build-worker.mjs";
import { root } from "./native.mjs";
import { sbomOf } from "./package-sbom.mjs";
import { writeTypes } from "./package-types.mjs";
import { folderOf, manifestOf, moduleOf, packages } from "./packages.mjs";

/** @typedef {import("./packages.mjs").Package} Package */

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
export const service = "runtimes/node.js";

/** Those entries that see nothing but one another, and run in pages, where they are not to bring a verifier along. */
const forPages = ["client", "elements"];

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

/** Writes the packages, without their types. */
export async function writeModules() {
  for (const pack of packages) {
    const sources = await writersOf[pack.name]?.(pack);
    if (!sources) throw new Error(`Nothing says how ${pack.name} is built.`);
    writeFiles(pack, new Set(sources));
  }
}

/** @type {Readonly<Record<string, (pack: Package) => Promise<readonly string[]>>>} */
const writersOf = {
  /**
   * Entries are bundled together, so that what they share exists once: an `IdentityError` of one is that of all. Nobody
   * imports the service, so it is one file of its own, which loads faster and in less memory than two dozen chunks.
   */
  async portico(pack) {
    const entries = inputsOf(pack);
    const isForPages = ({ out = "" }) => forPages.includes(out);
    const commands = Object.values(pack.bin ?? {}).map((path) =>
      inputOf(path.slice("./dist/".length)),
    );
    const external = Object.keys({ ...pack.dependencies, ...pack.peers });
    return [
      ...(await bundle(pack, {
        entryPoints: [...entries.filter((entry) => !isForPages(entry)), ...commands],
        external,
        plugins: [withPartsBundled, withLightestWhole, withDocumentPrebuilt],
      })),
      ...(await bundle(pack, { entryPoints: entries.filter(isForPages), external })),
      ...(await bundle(pack, {
        entryPoints: [inputOf(service)],
        external,
        plugins: [withPartsBundled, withDocumentPrebuilt],
      })),
    ];
  },

  /**
   * Each entry is one file: Node takes longer for a file than for what is in it. What two of them have in common is neither
   * state nor told by its class, so that it may be there twice.
   */
  async "portico-jwt"(pack) {
    const bundles = inputsOf(pack).map((entry) =>
      bundle(pack, { entryPoints: [entry], plugins: [withPartsBundled], splitting: false }),
    );
    return (await Promise.all(bundles)).flat();
  },

  /** The modules that are loaded when they are used are in chunks beside the entries. */
  "portico-client": (pack) => bundle(pack, { entryPoints: inputsOf(pack) }),
};

/**
 * Bundles modules, and gives the sources that went into them.
 * @param {Package} pack
 * @param {{
 *   entryPoints: { in: string, out: string }[],
 *   external?: readonly string[],
 *   plugins?: import("esbuild").Plugin[],
 *   splitting?: boolean,
 * }} options
 */
async function bundle(pack, { entryPoints, external = [], plugins = [], splitting = true }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folderOf(pack),
    bundle: true,
    splitting,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    target: "es2024",
    platform: "neutral",
    mainFields: ["module", "main"],
    // Dependencies are the installing project's: it has one copy of each, and updates them.
    external: [
      "node:*",
      ...external
        .filter((name) => !bundledDependencies.includes(name))
        .flatMap((name) => [name, `${name}/*`]),
    ],
    // Makes a call of a pattern with the flag `u`, as the engine takes memory for a literal whether it is used or not.
    supported: { "regexp-sticky-and-unicode-flags": false },
    plugins,
    metafile: true,
    sourcemap: true,
    // With the sources in them the package would be half as large again.
    sourcesContent: false,
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs);
}

/**
 * Writes what a package has besides modules and types.
 * @param {Package} pack
 * @param {ReadonlySet<string>} sources that went into its modules
 */
function writeFiles(pack, sources) {
  const folder = folderOf(pack);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifestOf(pack), null, 2)}\n`);
  cpSync(join(root, pack.readme), join(folder, "README.md"));
  for (const path of ["LICENSE", ...pack.further]) {
    cpSync(join(root, path), join(folder, basename(path)));
  }
  const names = bundledIn(sources);
  const sbom = sbomOf(pack, manifestOf(pack).version, names);
  writeFileSync(join(folder, "sbom.cdx.json"), `${JSON.stringify(sbom, null, 2)}\n`);
  const licenses = licensesOf(names);
  if (licenses !== "") writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licenses);
}

/**
 * The packages of which a part is in some modules.
 * @param {ReadonlySet<string>} sources
 */
function bundledIn(sources) {
  return new Set(
    [...sources].flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
}

/**
 * Gives the licenses of what is bundled, which ask to stand beside it.
 * @param {ReadonlySet<string>} names
 */
function licensesOf(names) {
  const texts = [...names].map((name) => {
    const [file] = globSync(join(root, "node_modules", name, "{licen[cs]e,LICEN[CS]E}{,.*}"));
    if (file === undefined) throw new Error(`${name} comes without its license.`);
    return `${name}\n\n${readFileSync(file, "utf8").trim()}\n`;
  });
  return texts.join("\n");
}

/** @param {Package} pack */
function inputsOf({ entries }) {
  return Object.entries(entries).map(([subpath, file]) => ({
    in: `./src/${file}.ts`,
    out: moduleOf(subpath),
  }));
}

/** @param {string} path of a module in its package */
function inputOf(path) {
  const module = path.replace(/\.js$/, "");
  return { in: `./src/${module}.ts`, out: module };
}

if (process.argv[1] === import.meta.filename) {
  // A module that was renamed must not live on in a package. The Worker's bundle is in none.
  for (const entry of globSync("dist/*", { cwd: root, exclude: ["dist/worker"] })) {
    rmSync(join(root, entry), { recursive: true });
  }
  writeTypes(packages);
  await writeModules();
  const folders = packages.map((pack) => relative(root, folderOf(pack)));
  console.log(`Built ${folders.join(", ")}: \`npm pack ./${folders[0]}\` makes a tarball of one.`);
}
