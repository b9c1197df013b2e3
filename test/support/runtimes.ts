import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { denoTask, nativeBinary, root } from "../../scripts/native.mjs";
import { describeWhere } from "./describe-where.ts";
import {
  freePort,
  ServerExited,
  type ServerProcess,
  startServerProcess,
} from "./server-process.ts";
import { type Launch, launchWorker, type Variables } from "./worker-launch.ts";

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
  /** Where it listens; it is asked at 127.0.0.1 all the same. @default "127.0.0.1" */
  readonly host?: string;
  /** The task that starts Deno, which says what it may do. @default "start" */
  readonly denoTask?: "start" | "start:better-auth";
  /** Of a Worker: the bundle that is run. @default that of every provider */
  readonly bundle?: "every-provider" | "cognito" | "with-pages";
  /** Of a Worker: where the same bundle answers once more, as in another isolate, on the same Durable Objects. */
  readonly twinPort?: number;
  /** Asked again and again until it answers true. @default whether the service says that it is alive */
  readonly isReady?: (url: string) => Promise<boolean>;
  /**
   * A module to serve in the entry's place, from the root of the repository: its default export has a `fetch`. It has to
   * answer whether it is alive as Portico does.
   */
  readonly module?: string | undefined;
  /** A module that is loaded before the entry, from the root of the repository. Not of a Worker. */
  readonly preload?: string;
}

type Launcher = (env: Variables, options: StartOptions) => Launch | Promise<Launch>;

/** The entries as they are deployed, or a module in their place, each by its runtime's own executable. */
const launchers: Record<RuntimeName, Launcher> = {
  node: (_env, { module, preload }) => ({
    command: process.execPath,
    args: [
      ...(preload === undefined ? [] : ["--import", join(root, preload)]),
      ...(module === undefined
        ? ["src/runtimes/node.ts"]
        : ["test/support/serve-module.ts", module]),
    ],
  }),
  deno: ({ HOST = "", PORT = "" }, { module, preload, denoTask: task = "start" }) => ({
    command: nativeBinary("deno"),
    args:
      module === undefined
        ? denoTask(task).toSpliced(1, 0, ...(preload === undefined ? [] : ["--preload", preload]))
        : ["serve", ...denoPermissions, "--host", HOST, "--port", PORT, module],
  }),
  bun: (_env, { module = "src/runtimes/bun.ts", preload }) => ({
    command: nativeBinary("bun"),
    args: [
      "--no-env-file",
      "--no-install",
      ...(preload === undefined ? [] : ["--preload", join(root, preload)]),
      module,
    ],
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
  if (options.port === undefined) return startOnFreePort(name, env, options);
  const { port, host: HOST = "127.0.0.1", isReady = isAlive } = options;
  const url = `http://127.0.0.1:${port}`;
  // All tests call from one address, and more often than a person would.
  const settings = { RATE_LIMITS: "off", ...env, HOST, PORT: String(port) };
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

/** A port that was free can be taken by the time that it is used, so there is more than one try. */
async function startOnFreePort(
  name: RuntimeName,
  env: Variables,
  options: StartOptions,
  tries = 3,
): Promise<RunningRuntime> {
  try {
    return await startRuntime(name, env, { ...options, port: await freePort() });
  } catch (error) {
    const isPortTaken = error instanceof ServerExited && /in use|EADDRINUSE/i.test(error.output);
    if (isPortTaken && tries > 1) return startOnFreePort(name, env, options, tries - 1);
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

async function isAlive(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/live`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
