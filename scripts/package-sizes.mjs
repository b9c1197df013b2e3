// The sizes of the packages, as an application has them that uses a part: bundled, minified and gzipped. esbuild measures
// them as size-limit would have it do, which has no bar for what is loaded at first and none for what comes later.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * The parts that applications use, each with the most that it may take, in KiB. Those that a page or a function loads as it
 * starts count, and nothing that is loaded when it is used.
 */
const bars = [
  { entry: "portico-jwt", names: ["createJwtVerifier", "cognitoIssuer"], mostKiB: 11 },
  { entry: "portico-jwt", names: ["createRemoteKeySet"], mostKiB: 4.75 },
  { entry: "portico-jwt", names: ["createBearerGuard"], mostKiB: 5.5 },
  { entry: "portico-jwt/hono", names: ["bearerAuth"], mostKiB: 5 },
  { entry: "portico-jwt/express", names: ["requireToken"], mostKiB: 6 },
  { entry: "portico-jwt/fastify", names: ["requireToken"], mostKiB: 6 },
  { entry: "portico-client", names: ["createClient"], mostKiB: 5 },
  { entry: "portico-client/elements", names: ["defineElements"], mostKiB: 30 },
];

/**
 * Measures what applications use of a package, tells it, and says what is too large.
 * @param {import("./packed-project.mjs").PackedProject} project
 */
export async function faultsOfSizes({ folder, pack }) {
  const own = bars.filter(({ entry }) => entry.split("/")[0] === pack.name);
  const measured = await Promise.all(
    own.map(async (bar) => ({ ...bar, kiB: await sizeOf(bar, folder) })),
  );
  return measured.flatMap(({ entry, names, kiB, mostKiB }) => {
    const told = `${names.join(", ")} of ${entry}: ${kiB.toFixed(2)} KiB gzipped`;
    console.log(told);
    return kiB > mostKiB ? [`${told}, over ${mostKiB}`] : [];
  });
}

/**
 * @param {{ entry: string, names: readonly string[] }} part
 * @param {string} folder
 */
async function sizeOf({ entry, names }, folder) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names.join(", ")} } from "${entry}";`, resolveDir: folder },
    absWorkingDir: folder,
    outdir: "measured",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2024",
    platform: "neutral",
    external: ["node:*"],
    write: false,
    metafile: true,
    logOverride: { "ignored-bare-import": "silent" },
  });
  const initial = initialFiles(metafile.outputs, "measured/stdin.js");
  const texts = outputFiles.filter(({ path }) => initial.has(path.slice(folder.length + 1)));
  return (
    texts.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0) / 1024
  );
}

/**
 * Finds a file and all that it cannot do without.
 * @param {import("esbuild").Metafile["outputs"]} outputs
 * @param {string} path
 * @param {Set<string>} [found]
 */
function initialFiles(outputs, path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
    if (kind === "import-statement") initialFiles(outputs, imported, found);
  }
  return found;
}
