import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { withFetchTransport, workerBundle } from "../../scripts/build-worker.mjs";
import { nativeBinary, root } from "../../scripts/native.mjs";

/** Settings by name. */
export type Variables = Readonly<Record<string, string>>;

/** How a server is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cleanUp?: () => Promise<void>;
}

/** Runs the bundle in workerd itself: wrangler would add seconds, and behaviour of its own. */
export async function launchWorker(env: Variables, module?: string): Promise<Launch> {
  const folder = await mkdtemp(join(tmpdir(), "portico-worker-"));
  if (module === undefined) await copyFile(workerBundle, join(folder, "worker.js"));
  else await bundleModule(module, join(folder, "worker.js"));
  await writeFile(join(folder, "config.capnp"), workerdConfig(env));
  return {
    command: nativeBinary("workerd"),
    args: ["serve", join(folder, "config.capnp")],
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

async function bundleModule(module: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [module],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2024",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    plugins: [withFetchTransport],
    logLevel: "warning",
  });
}

function workerdConfig(env: Variables): string {
  const wrangler = readFileSync(join(root, "wrangler.jsonc"), "utf8");
  const compatibilityDate = /"compatibility_date": "(.+?)"/.exec(wrangler)?.[1];
  const bindings = Object.entries(env).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .portico),
    # Loopback too, which workerd leaves out by default: that is where the tests' providers are.
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
  ],
  sockets = [(name = "http", address = "${env.HOST}:${env.PORT}", http = (), service = "main")],
);
const portico :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${compatibilityDate}",
  bindings = [${bindings.join(", ")}],
);
`;
}
