import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { nativeBinary, root } from "../../../scripts/native.mjs";
import type { RuntimeName } from "../../support/runtimes.ts";
import { freePort, startServerProcess } from "../../support/server-process.ts";
import type { ReportName, reports } from "./reports.ts";

/** What a report gives. */
export type Report<Name extends ReportName> = Awaited<ReturnType<(typeof reports)[Name]>>;

const runFile = promisify(execFile);
const main = "test/runtime/kit/main.ts";

/** A suite of thousands of cases has that much to tell, in bytes. */
const maxBuffer = 16 * 1024 * 1024;

/** What is not done by then hangs, or cannot end. */
const timeoutMs = 110_000;

/** How a report is made where there is nothing of ours but what it is about. */
const runners: Record<RuntimeName, (name: string, origin: string) => Promise<string>> = {
  node: (...args) => runProcess(process.execPath, [main, ...args]),
  deno: (name, origin) => {
    const net = origin === "" ? [] : [`--allow-net=${new URL(origin).host}`];
    return runProcess(nativeBinary("deno"), ["run", "--no-prompt", ...net, main, name, origin]);
  },
  bun: (...args) =>
    runProcess(nativeBinary("bun"), ["--no-env-file", "--no-install", main, ...args]),
  worker: runWorker,
};

/**
 * Makes a report on a runtime, in a process of its own.
 *
 * @param origin - where the test's own server is, for the reports that need one
 */
export async function runReport<Name extends ReportName>(
  runtime: RuntimeName,
  name: Name,
  origin = "",
): Promise<Report<Name>> {
  return JSON.parse(await runners[runtime](name, origin));
}

async function runProcess(command: string, args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", DENO_DIR: join(root, "node_modules/.cache/deno") };
  const { stdout } = await runFile(command, args, {
    cwd: root,
    env,
    maxBuffer,
    timeout: timeoutMs,
  });
  return stdout;
}

async function runWorker(name: string, origin: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "portico-kit-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["test/runtime/kit/worker.ts"],
      outfile: join(folder, "worker.js"),
      bundle: true,
      format: "esm",
      target: "es2024",
      platform: "browser",
      conditions: ["workerd", "worker", "browser"],
    });
    await writeFile(join(folder, "config.capnp"), workerdConfig(port));
    const server = await startServerProcess({
      command: nativeBinary("workerd"),
      args: ["serve", join(folder, "config.capnp")],
      cwd: folder,
      env: {},
      isReady: () =>
        fetch(`${url}/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(`${url}/${name}?${new URLSearchParams({ origin })}`, { signal });
      return await response.text();
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function workerdConfig(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .kit),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const kit :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
);
`;
}
