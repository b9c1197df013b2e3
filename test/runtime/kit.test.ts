import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { nativeBinary, root } from "../../scripts/native.mjs";
import { identityProviderContract } from "../../src/testing/index.ts";
import { describeOnRuntime, type RuntimeName } from "../support/runtimes.ts";
import { freePort, startServerProcess } from "../support/server-process.ts";
import type { KitReport } from "./kit/report.ts";

const runFile = promisify(execFile);
const main = "test/runtime/kit/main.ts";

/** How the suite is run where there is nothing of ours but the suite. */
const runners: Record<RuntimeName, () => Promise<KitReport>> = {
  node: () => runProcess(process.execPath, [main]),
  deno: () => runProcess(nativeBinary("deno"), ["run", "--no-prompt", main]),
  bun: () => runProcess(nativeBinary("bun"), ["--no-env-file", "--no-install", main]),
  worker: runWorker,
};

for (const [name, run] of Object.entries(runners) as [RuntimeName, () => Promise<KitReport>][]) {
  describeOnRuntime(name, `the conformance kit on ${name}`, () => {
    test("sees the in-memory provider keep every promise that it can be tried on", async () => {
      const report = await run();

      expect(report.failed).toEqual([]);
      expect(report.notRun).toEqual([]);
      expect(report.passed).toBe(identityProviderContract.length);
    }, 120_000);
  });
}

async function runProcess(command: string, args: readonly string[]): Promise<KitReport> {
  const env = { PATH: process.env.PATH ?? "", DENO_DIR: join(root, "node_modules/.cache/deno") };
  const { stdout } = await runFile(command, args, { cwd: root, env });
  return JSON.parse(stdout);
}

async function runWorker(): Promise<KitReport> {
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
      const response = await fetch(url);
      return JSON.parse(await response.text());
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
  services = [(name = "main", worker = .kit)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const kit :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
);
`;
}
