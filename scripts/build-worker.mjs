// Bundles the Worker to dist/worker/worker.js, and fails when it would not run everywhere or is too big.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "./native.mjs";

export const workerBundle = join(root, "dist", "worker", "worker.js");

const maximumGzipKiB = 150;

/**
 * zod-openapi hands the whole of Zod to a function that looks at one class of it, and so keeps what nobody
 * uses: a fifth of the bundle.
 * @type {import("esbuild").Plugin}
 */
const withoutUnusedZod = {
  name: "without-unused-zod",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@hono[\\/]zod-openapi[\\/]dist[\\/]index\.mjs$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source
        .replace('import { z } from "zod"', 'import * as z from "zod"')
        .replace("extendZodWithOpenApi(z)", "extendZodWithOpenApi({ ZodType: z.ZodType })");
      if (contents === source) throw new Error("@hono/zod-openapi has changed, look at this again");
      return { contents };
    });
  },
};

/**
 * A Worker has no database of its own to open, so the provider that needs one stays out, and says so when it is chosen.
 * @type {import("esbuild").Plugin}
 */
const withoutSqlProvider = {
  name: "without-sql-provider",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]better-auth[\\/]identity-provider\.ts$/ }, () => ({
      contents: `export function createBetterAuthIdentityProvider() {
        const message = "IDENTITY_PROVIDER: better-auth does not run on Workers";
        throw Object.assign(new Error(message), { name: "SettingsError" });
      }`,
    }));
  },
};

/** Builds the bundle. The AWS SDK chooses its parts by both conditions and main fields. */
export async function buildWorker() {
  mkdirSync(join(root, "dist", "worker"), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["src/worker.ts"],
    outfile: workerBundle,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    plugins: [withoutUnusedZod, withoutSqlProvider],
    logLevel: "warning",
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
