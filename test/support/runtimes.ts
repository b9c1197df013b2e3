import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workerBundle } from "../../scripts/build-worker.mjs";
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
  /** Of a Worker: where the same bundle answers once more, as in another isolate, on the same Durable Objects. */
  readonly twinPort?: number;
  /** Asked again and again until it answers true. @default whether the service says that it is alive */
  readonly isReady?: (url: string) => Promise<boolean>;
}

type Variables = Readonly<Record<string, string>>;

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cleanUp?: () => Promise<void>;
}

/** The entries as they are deployed, each by its runtime's own executable. */
const launchers: Record<
  RuntimeName,
  (env: Variables, options: StartOptions) => Launch | Promise<Launch>
> = {
  node: () => ({ command: process.execPath, args: ["src/node.ts"] }),
  deno: () => ({ command: nativeBinary("deno"), args: denoTask("start") }),
  bun: () => ({
    command: nativeBinary("bun"),
    args: ["--no-env-file", "--no-install", "src/bun.ts"],
  }),
  worker: launchWorker,
};

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
  const { port = await freePort(), isReady = isAlive } = options;
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...env, HOST: "127.0.0.1", PORT: String(port) };
  const { command, args, cleanUp } = await launchers[name](settings, options);
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
async function launchWorker(env: Variables, { twinPort }: StartOptions): Promise<Launch> {
  const folder = await mkdtemp(join(tmpdir(), "portico-worker-"));
  await copyFile(workerBundle, join(folder, "worker.js"));
  await mkdir(join(folder, "objects"));
  await writeFile(join(folder, "config.capnp"), workerdConfig(env, folder, twinPort));
  return {
    command: nativeBinary("workerd"),
    args: ["serve", join(folder, "config.capnp")],
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

function workerdConfig(env: Variables, folder: string, twinPort: number | undefined): string {
  const isTwin = twinPort !== undefined;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .portico),
    ${isTwin ? '(name = "twin", worker = .twin),' : ""}
    # In memory it would not be of the kind with SQL.
    (name = "objects", disk = (path = "${folder}/objects", writable = true)),
    # Loopback too, which workerd leaves out by default: that is where the tests' providers are.
    (name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = (trustBrowserCas = true),
    )),
  ],
  sockets = [
    (name = "http", address = "${env.HOST}:${env.PORT}", http = (), service = "main"),
    ${isTwin ? `(name = "twin", address = "${env.HOST}:${twinPort}", http = (), service = "twin"),` : ""}
  ],
);
const portico :Workerd.Worker = (
  ${workerTerms(env, "")}
  durableObjectNamespaces = [
    (className = "RevocationListObject", uniqueKey = "revocations", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
);
${isTwin ? `const twin :Workerd.Worker = (${workerTerms(env, ', serviceName = "main"')});` : ""}
`;
}

/** What a worker consists of, and what it is given; the class of its Durable Object may be another's. */
function workerTerms(env: Variables, whose: string): string {
  const wrangler = readFileSync(join(root, "wrangler.jsonc"), "utf8");
  const compatibilityDate = /"compatibility_date": "(.+?)"/.exec(wrangler)?.[1];
  const bindings = Object.entries(env).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  );
  return `
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${compatibilityDate}",
  bindings = [
    ${bindings.join(",\n    ")},
    (name = "REVOCATION_LIST_OBJECT",
      durableObjectNamespace = (className = "RevocationListObject"${whose})),
  ],`;
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
