import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { withFetchTransport, workerBundle } from "../../scripts/build-worker.mjs";
import { denoTask, nativeBinary, root } from "../../scripts/native.mjs";
import { describeWhere } from "./describe-where.ts";
import { freePort, type ServerProcess, startServerProcess } from "./server-process.ts";

export const runtimeNames = ["node", "deno", "bun", "worker"] as const;

export type RuntimeName = (typeof runtimeNames)[number];

/** Portico, running on one runtime. */
export interface RunningRuntime extends ServerProcess {
  /** Where it answers, with no slash at the end. */
  readonly url: string;
}

/** How a start can differ from the usual one. */
export interface StartOptions {
  /** @default a free one */
  readonly port?: number;
  /** Asked again and again until it answers true. @default whether the service says that it is alive */
  readonly isReady?: (url: string) => Promise<boolean>;
  /**
   * A module to serve in the entry's place, from the root of the repository: its default export has a `fetch`. It has to
   * answer whether it is alive as Portico does.
   */
  readonly module?: string | undefined;
}

type Variables = Readonly<Record<string, string>>;

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cleanUp?: () => Promise<void>;
}

type Launcher = (env: Variables, module?: string) => Launch | Promise<Launch>;

/** The entries as they are deployed, or a module in their place, each by its runtime's own executable. */
const launchers: Record<RuntimeName, Launcher> = {
  node: (_env, module) => ({
    command: process.execPath,
    args: module === undefined ? ["src/node.ts"] : ["test/support/serve-module.ts", module],
  }),
  deno: ({ HOST = "", PORT = "" }, module) => ({
    command: nativeBinary("deno"),
    args:
      module === undefined
        ? denoTask("start")
        : ["serve", ...denoPermissions, "--host", HOST, "--port", PORT, module],
  }),
  bun: (_env, module = "src/bun.ts") => ({
    command: nativeBinary("bun"),
    args: ["--no-env-file", "--no-install", module],
  }),
  worker: launchWorker,
};

/** What the AWS SDK asks for. */
const denoPermissions = ["--no-prompt", "--allow-net", "--allow-env", "--allow-sys=osRelease"];

/**
 * Starts Portico from a runtime's entry as a process of its own and waits until it is alive.
 *
 * @param env - Portico's settings; HOST and PORT are set here
 * @throws {ServerExited} when the process ends before, with its status and what it printed
 */
export async function startRuntime(
  name: RuntimeName,
  env: Variables,
  options: StartOptions = {},
): Promise<RunningRuntime> {
  const { port = await freePort(), isReady = isAlive, module } = options;
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...env, HOST: "127.0.0.1", PORT: String(port) };
  const { command, args, cleanUp } = await launchers[name](settings, module);
  try {
    const server = await startServerProcess({
      command,
      args,
      cwd: root,
      env: { ...ambient, ...settings },
      isReady: () => isReady(url),
    });
    return {
      ...server,
      url,
      stop: () => server.stop().finally(cleanUp),
      kill: () => server.kill().finally(cleanUp),
    };
  } catch (error) {
    await cleanUp?.();
    throw error;
  }
}

/**
 * Describes tests that run on one runtime. Where its executable was not installed they are skipped, and say
 * why; where REQUIRE_RUNTIMES names it (`node,deno,bun,worker`), that is a failure.
 */
export function describeOnRuntime(name: RuntimeName, title: string, define: () => void): void {
  const executable = name === "node" ? process.execPath : nativeBinary(executables[name]);
  const missing = existsSync(executable) ? undefined : `there is no ${name} for this machine`;
  const required = (process.env.REQUIRE_RUNTIMES ?? "").split(",").includes(name);
  describeWhere(title, { missing, required }, define);
}

const executables = { deno: "deno", bun: "bun", worker: "workerd" } as const;

/** What a process needs besides settings. The home has no AWS profile that could change an answer. */
const ambient: Variables = {
  PATH: process.env.PATH ?? "",
  HOME: tmpdir(),
  DENO_DIR: join(root, "node_modules", ".cache", "deno"),
};

/** Runs the bundle in workerd itself: wrangler would add seconds, and behaviour of its own. */
async function launchWorker(env: Variables, module?: string): Promise<Launch> {
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

async function isAlive(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/live`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
