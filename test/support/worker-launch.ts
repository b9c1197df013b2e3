import { readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { withFetchTransport, workerBundle, workerModule } from "../../scripts/build-worker.mjs";
import { nativeBinary, root } from "../../scripts/native.mjs";

/** Settings by name. */
export type Variables = Readonly<Record<string, string>>;

/** How a server is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cleanUp?: () => Promise<void>;
}

/** What a Worker consists of, besides its settings. */
export interface WorkerParts {
  /** A module in the entry's place. */
  readonly module?: string | undefined;
  /** The bundle that is run, of those that are built before the tests, or by the test. @default "every-provider" */
  readonly bundle?: "every-provider" | "cognito" | "with-pages";
  /** Where the same bundle answers once more, as in another isolate, on the same Durable Objects. */
  readonly twinPort?: number;
}

/** Runs the bundle in workerd itself: wrangler would add seconds, and behaviour of its own. */
export async function launchWorker(
  env: Variables,
  { module, bundle = "every-provider", twinPort }: WorkerParts,
): Promise<Launch> {
  const folder = await mkdtemp(join(tmpdir(), "portico-worker-"));
  const config =
    module === undefined
      ? entryConfig(env, folder, twinPort)
      : workerdConfig(env, workerTerms(env));
  if (module === undefined) await copyFile(workerBundle(bundle), join(folder, "worker.js"));
  else await bundleModule(module, join(folder, "worker.js"));
  await mkdir(join(folder, "objects"));
  await writeFile(join(folder, "config.capnp"), config);
  return {
    command: nativeBinary("workerd"),
    args: ["serve", join(folder, "config.capnp")],
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

async function bundleModule(module: string, outfile: string): Promise<void> {
  await build({ ...workerModule, entryPoints: [module], outfile, plugins: [withFetchTransport] });
}

/** The Durable Objects that the entry brings along, by their bindings. */
const objectClasses = {
  REVOCATION_LIST_OBJECT: "RevocationListObject",
  SHARED_STATE_OBJECT: "SharedStateObject",
} as const;

/** Binds the objects, which are the twin's as well. */
function entryConfig(env: Variables, folder: string, twinPort: number | undefined): string {
  const classes = Object.entries(objectClasses);
  const objects = (whose: string) =>
    classes
      .map(
        ([name, className]) =>
          `(name = "${name}", durableObjectNamespace = (className = "${className}"${whose})),`,
      )
      .join("\n    ");
  const namespaces = classes.map(
    ([, className]) => `(className = "${className}", uniqueKey = "${className}", enableSql = true)`,
  );
  const terms = `${workerTerms(env, objects(""))}
  durableObjectNamespaces = [${namespaces.join(", ")}],
  durableObjectStorage = (localDisk = "objects"),`;
  // In memory it would not be of the kind with SQL.
  const disk = `(name = "objects", disk = (path = "${folder}/objects", writable = true)),`;
  if (twinPort === undefined) return workerdConfig(env, terms, { services: disk });
  return `${workerdConfig(env, terms, {
    services: `${disk}(name = "twin", worker = .twin),`,
    sockets: `(name = "twin", address = "${env.HOST}:${twinPort}", http = (), service = "twin"),`,
  })}
const twin :Workerd.Worker = (${workerTerms(env, objects(', serviceName = "main"'))});
`;
}

function workerdConfig(
  env: Variables,
  terms: string,
  { services = "", sockets = "" }: { readonly services?: string; readonly sockets?: string } = {},
): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .portico),
    ${services}
    # Loopback too, which workerd leaves out by default: that is where the tests' providers are.
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
  ],
  sockets = [
    (name = "http", address = "${env.HOST}:${env.PORT}", http = (), service = "main"),
    ${sockets}
  ],
);
const portico :Workerd.Worker = (${terms}
);
`;
}

/** What a worker consists of, and what it is given. */
function workerTerms(env: Variables, moreBindings = ""): string {
  const wrangler = readFileSync(join(root, "wrangler.jsonc"), "utf8");
  const compatibilityDate = /"compatibility_date": "(.+?)"/.exec(wrangler)?.[1];
  const bindings = Object.entries(env).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)}),`,
  );
  return `
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${compatibilityDate}",
  bindings = [
    ${[...bindings, moreBindings].join("\n    ")}
  ],`;
}
