// Bundles the Worker to dist/worker/worker.js, and fails when it would not run everywhere or is too big.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { openApiDocument } from "../src/http/openapi/document.ts";
import { root } from "./native.mjs";

export const workerBundle = join(root, "dist", "worker", "worker.js");

const maximumGzipKiB = 110;

/**
 * What it takes to make the OpenAPI document stays here: the Worker serves the one that is made now.
 * @type {import("esbuild").Plugin}
 */
export const withDocumentPrebuilt = {
  name: "with-document-prebuilt",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]http[\\/]openapi[\\/]document\.ts$/ }, () => ({
      // As text, which the engine passes over when it reads the bundle: of code it reads every word.
      contents: `export const openApiDocument = () => JSON.parse(${JSON.stringify(JSON.stringify(openApiDocument()))});`,
    }));
  },
};

/**
 * The AWS SDK takes as much room as all the rest. Both transports pass the same tests.
 * @type {import("esbuild").Plugin}
 */
export const withFetchTransport = {
  name: "with-fetch-transport",
  setup({ onResolve }) {
    onResolve({ filter: /[\\/]transport-sdk\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace("transport-sdk", "transport-fetch")),
    }));
  },
};

/**
 * A Worker has no database of its own to open, so the provider that needs one stays out, and says so when it is chosen.
 * @type {import("esbuild").Plugin}
 */
const withoutSqlProvider = {
  name: "without-sql-provider",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]better-auth[\\/]index\.ts$/ }, () => ({
      contents: absent(
        "betterAuthFromEnv",
        "IDENTITY_PROVIDER: better-auth does not run on Workers",
      ),
    }));
  },
};

/**
 * A Worker has lists of its own, and no package for this one.
 * @type {import("esbuild").Plugin}
 */
const withoutRedis = {
  name: "without-redis",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]redis[\\/]index\.ts$/ }, () => ({
      contents: absent("redisRevocations", "REVOCATION_LIST: redis does not run on Workers"),
    }));
  },
};

/**
 * A stand-in for a module that has settings of its own: to choose it is a fault of the settings.
 * @param {string} name
 * @param {string} fault
 */
function absent(name, fault) {
  return `export const ${name} = { settingNames: [], read: () => ({ ok: false, faults: ["${fault}"] }) };`;
}

/**
 * How code becomes a module that workerd runs.
 * @satisfies {import("esbuild").BuildOptions}
 */
export const workerModule = {
  absWorkingDir: root,
  bundle: true,
  format: /** @type {const} */ ("esm"),
  target: "es2024",
  platform: /** @type {const} */ ("browser"),
  conditions: ["workerd", "worker", "browser"],
  mainFields: ["browser", "module", "main"],
  external: ["cloudflare:workers"],
  logLevel: /** @type {const} */ ("warning"),
};

/** Builds the bundle. */
export async function buildWorker() {
  mkdirSync(join(root, "dist", "worker"), { recursive: true });
  await build({
    ...workerModule,
    entryPoints: ["src/runtimes/worker.ts"],
    outfile: workerBundle,
    minify: true,
    // Makes a call of a pattern with the flag `u`. A literal is checked as the bundle is read, used or not, and for its
    // classes of characters the engine goes through all of Unicode.
    supported: { "regexp-sticky-and-unicode-flags": false },
    plugins: [withDocumentPrebuilt, withFetchTransport, withoutSqlProvider, withoutRedis],
  });
  return readFileSync(workerBundle);
}

/** @param {Buffer} bundle */
function report(bundle) {
  const kiB = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(1);
  const gzip = gzipSync(bundle, { level: 9 }).length;
  console.log(`worker bundle: ${kiB(bundle.length)} KiB, ${kiB(gzip)} KiB gzipped`);
  const faults = [];
  const nodeImport = /\b(?:from|import)\s*\(?\s*["'](node:[^"']+)["']/.exec(bundle.toString());
  if (nodeImport) faults.push(`it imports ${nodeImport[1]}`);
  if (gzip > maximumGzipKiB * 1024) faults.push(`it is over ${maximumGzipKiB} KiB gzipped`);
  return faults;
}

if (process.argv[1] === import.meta.filename) {
  const faults = report(await buildWorker());
  for (const fault of faults) console.error(`worker bundle: ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
