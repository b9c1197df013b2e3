// Bundles the Worker to dist/worker/worker.js, and fails when it would not run everywhere or is too big.
//   npm run build:worker [-- --env <environment of wrangler.jsonc>]
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { style } from "../src/http/docs/style.ts";
import { openApiDocument } from "../src/http/openapi/document.ts";
import { operationsByCode } from "../src/http/problem-pages/operations-by-code.ts";
import { root } from "./native.mjs";
import { workerVariables } from "./worker-variables.mjs";

/** @typedef {import("./worker-adapters.mjs").Variables} Variables */

/**
 * The most that a Worker may take, gzipped, in KiB: of one provider without the document, with it, and of all that run on
 * Workers; and how much more it may be with the pages, and with mails.
 */
const maximumGzipKiB = { withoutDocs: 95, one: 120, all: 145, pages: 45, mail: 7 };

/**
 * Gives the file of a bundle.
 * @param {string} name
 */
export function workerBundle(name) {
  return join(root, "dist", "worker", `${name}.js`);
}

/**
 * The parts that make the OpenAPI document stay here: the Worker serves the one that is made now.
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
 * The document is made by now, so nothing asks for its words any more, nor for the schemas of answers.
 * @type {import("esbuild").Plugin}
 */
const withoutDocumentation = {
  name: "without-documentation",
  async setup({ onLoad }) {
    // Not before there is something to build: tests ask this module for little more than where the bundles are.
    const { documentationRemover } = await import("./without-documentation.mjs");
    const remove = documentationRemover();
    onLoad({ filter: /[\\/]src[\\/]http[\\/](?:routes|schemas)[\\/][\w-]+\.ts$/ }, ({ path }) => ({
      contents: remove(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};

/**
 * The service brings its router, and Hono would bring two more.
 * @type {import("esbuild").Plugin}
 */
const withoutDefaultRouters = {
  name: "without-default-routers",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]hono[\\/]dist[\\/]hono\.js$/ }, ({ path }) => ({
      contents: 'export { HonoBase as Hono } from "./hono-base.js";',
      resolveDir: dirname(path),
    }));
  },
};

/**
 * A Worker has no metrics: each request may meet another isolate. Nobody is let in to a page that is not there.
 * @type {import("esbuild").Plugin}
 */
const withoutMetrics = {
  name: "without-metrics",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]http[\\/]bearer[\\/]operator-token\.ts$/ }, ({ path }) => ({
      contents: `import { IdentityError } from "../../domain/errors.ts";
        export const admitOperator = () => Promise.reject(new IdentityError("not_found"));`,
      resolveDir: dirname(path),
    }));
  },
};

/**
 * The style of `/docs` is a text, which esbuild leaves as it was written.
 * @type {import("esbuild").Plugin}
 */
const withSmallStyle = {
  name: "with-small-style",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]http[\\/]docs[\\/]style\.ts$/ }, async () => {
      const { code } = await transform(style, { loader: "css", minify: true });
      return { contents: `export const style = ${JSON.stringify(code)};` };
    });
  },
};

/**
 * A Worker looks at no pool as it starts, which it does all the time.
 * @type {import("esbuild").Plugin}
 */
const withoutPoolCheck = {
  name: "without-pool-check",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]pool-check[\\/]pool-check\.ts$/ }, () => ({
      contents: "export const checkPool = async () => []; export const describePool = undefined;",
    }));
    onLoad({ filter: /[\\/]set-up[\\/]pool-set-up\.ts$/ }, () => ({
      contents: "export const poolSetUp = () => ({});",
    }));
    onLoad({ filter: /[\\/]telemetry[\\/]set-up-report\.ts$/ }, () => ({
      contents: "export const reportSetUp = async () => {};",
    }));
  },
};

/**
 * Parts of Hono's that every application has and this one never calls: other applications mounted in it, and bodies read
 * by Hono. They throw, should that change.
 * @type {import("esbuild").Plugin}
 */
const withoutIdleParts = {
  name: "without-idle-parts",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]hono[\\/]dist[\\/]utils[\\/](?:mount|body)\.js$/ }, () => ({
      contents: `const missing = () => { throw new Error("The Worker was built without this."); };
        export { missing as createMountedRequest, missing as parseBody };`,
    }));
  },
};

/**
 * Events are posted by a Worker whose variables say where to.
 * @param {Variables} variables
 * @returns {import("esbuild").Plugin}
 */
const withChosenWebhook = ({ IDENTITY_PROVIDER: provider, EVENT_WEBHOOK_URL: url }) => ({
  name: "with-chosen-webhook",
  setup({ onLoad }) {
    if (!provider || url) return;
    onLoad({ filter: /[\\/]adapters[\\/]webhook[\\/]index\.ts$/ }, () => ({
      contents: `export const webhookSecretPattern = /^whsec_/;
        export const createWebhookEventSink = () => {
          const fault = "The settings are at fault:\\n  EVENT_WEBHOOK_URL: is not in this build of the Worker: name it in vars of wrangler.jsonc";
          throw Object.assign(new Error(fault), { name: "SettingsError" });
        };`,
    }));
  },
});

/**
 * Traces are recorded by a Worker whose variables say so.
 * @param {Variables} variables
 * @returns {import("esbuild").Plugin}
 */
const withChosenTracing = ({ IDENTITY_PROVIDER: provider, TRACING: tracing }) => ({
  name: "with-chosen-tracing",
  setup({ onLoad }) {
    if (!provider || tracing) return;
    /** @type {readonly (readonly [file: RegExp, contents: string])[]} */
    const standIns = [
      [
        /[\\/]cloudflare[\\/]tracer\.ts$/,
        `export const createWorkersTracer = () => {
          const fault = "The settings are at fault:\\n  TRACING: is not in this build of the Worker: name it in vars of wrangler.jsonc";
          throw Object.assign(new Error(fault), { name: "SettingsError" });
        };`,
      ],
      [
        /[\\/]wire[\\/]traced-transport\.ts$/,
        "export const createTracedTransport = (transport) => transport;",
      ],
      [
        /[\\/]exchange[\\/]traced\.ts$/,
        "export const answerTraced = (tracer, exchange, answer) => answer();",
      ],
    ];
    for (const [filter, contents] of standIns) onLoad({ filter }, () => ({ contents }));
  },
});

/**
 * The document and its page are left out of a Worker whose variables turn them off.
 * @param {Variables} variables
 * @returns {import("esbuild").Plugin}
 */
const withDocsIfWanted = ({ DOCS: docs }) => ({
  name: "with-docs-if-wanted",
  setup({ onLoad }) {
    if (docs !== "off") return;
    onLoad({ filter: /[\\/]http[\\/]routes[\\/]documents\.ts$/ }, () => ({
      contents: `export const documentRoutes = () => {
          const fault = "The settings are at fault:\\n  DOCS: they are not in this build of the Worker: take DOCS out of vars of wrangler.jsonc";
          throw Object.assign(new Error(fault), { name: "SettingsError" });
        };`,
    }));
  },
});

/**
 * The pages, which are as large as the rest of HTTP, are in a Worker whose variables turn them on.
 * @param {Variables} variables
 * @returns {import("esbuild").Plugin}
 */
const withPagesIfWanted = ({ PAGES: pages }) => ({
  name: "with-pages-if-wanted",
  setup({ onLoad }) {
    if (pages === "on") {
      // The codes that it is made of are words of the document, which the Worker leaves out.
      onLoad({ filter: /[\\/]problem-pages[\\/]operations-by-code\.ts$/ }, () => ({
        contents: `export const operationsByCode = () => (${JSON.stringify(operationsByCode())});`,
      }));
      return;
    }
    onLoad({ filter: /[\\/]problem-pages[\\/]problem-page-routes\.ts$/ }, () => ({
      contents:
        "export const problemPageRoutes = () => []; export const problemLink = () => undefined;",
    }));
    onLoad({ filter: /[\\/]http[\\/]pages[\\/]page-routes\.ts$/ }, () => ({
      contents: `export const pageRoutes = () => {
          const fault = "The settings are at fault:\\n  PAGES: they are not in this build of the Worker: name PAGES in vars of wrangler.jsonc";
          throw Object.assign(new Error(fault), { name: "SettingsError" });
        };`,
    }));
  },
});

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

/**
 * Builds a Worker of what its variables choose, and of all that runs on Workers where they choose nothing.
 *
 * @param {string} name - of the bundle
 * @param {Variables} [variables]
 * @throws {Error} where they choose what there is not, or what does not run on Workers
 */
export async function buildWorker(name, variables = {}) {
  mkdirSync(join(root, "dist", "worker"), { recursive: true });
  const { withChosenAdapters } = await import("./worker-adapters.mjs");
  await build({
    ...workerModule,
    entryPoints: ["src/runtimes/worker.ts"],
    outfile: workerBundle(name),
    minify: true,
    // Makes a call of a pattern with the flag `u`. A literal is checked as the bundle is read, used or not, and for its
    // classes of characters the engine goes through all of Unicode.
    supported: { "regexp-sticky-and-unicode-flags": false },
    plugins: [
      // Before the others, as the first that gives a file's contents is the one.
      withDocsIfWanted(variables),
      withPagesIfWanted(variables),
      withDocumentPrebuilt,
      withoutDocumentation,
      withChosenAdapters(variables),
      withFetchTransport,
      withoutDefaultRouters,
      withoutMetrics,
      withoutIdleParts,
      withChosenWebhook(variables),
      withChosenTracing(variables),
      withoutPoolCheck,
      withSmallStyle,
    ],
  });
  return readFileSync(workerBundle(name));
}

/**
 * Gives the size of a bundle, and what is wrong with it.
 *
 * @param {Buffer} bundle
 * @param {Variables} [variables] - that it was built of
 */
export function judgeWorker(bundle, variables = {}) {
  const gzipKiB = gzipSync(bundle, { level: 9 }).length / 1024;
  const ofOne = variables.DOCS === "off" ? maximumGzipKiB.withoutDocs : maximumGzipKiB.one;
  const withoutPages = variables.IDENTITY_PROVIDER ? ofOne : maximumGzipKiB.all;
  const ofPages = variables.PAGES === "on" ? maximumGzipKiB.pages : 0;
  const ofMail = variables.MAIL_POST_URL ? maximumGzipKiB.mail : 0;
  const maximumKiB = withoutPages + ofPages + ofMail;
  const nodeImport = /\b(?:from|import)\s*\(?\s*["'](node:[^"']+)["']/.exec(bundle.toString());
  const faults = [
    ...(nodeImport ? [`it imports ${nodeImport[1]}`] : []),
    ...(gzipKiB > maximumKiB ? [`it is over ${maximumKiB} KiB gzipped`] : []),
  ];
  return { gzipKiB, faults };
}

async function main() {
  const { values } = parseArgs({ options: { env: { type: "string" } } });
  // Both variables are Wrangler's: what it is told to take, and what it is about to do.
  const { CLOUDFLARE_ENV, WRANGLER_COMMAND } = process.env;
  const variables = workerVariables({
    environment: values.env ?? CLOUDFLARE_ENV,
    isDevelopment: WRANGLER_COMMAND === "dev",
  });
  const bundle = await buildWorker("worker", variables);
  const { gzipKiB, faults } = judgeWorker(bundle, variables);
  const provider = variables.IDENTITY_PROVIDER || "every provider";
  const sizes = `${(bundle.length / 1024).toFixed(1)} KiB, ${gzipKiB.toFixed(1)} KiB gzipped`;
  console.log(`worker bundle with ${provider}: ${sizes}`);
  for (const fault of faults) console.error(`worker bundle: ${fault}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) await main();
