import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../../scripts/native.mjs";
import { freePort, startServerProcess } from "../support/server-process.ts";
import { launchWorker, type Variables } from "../support/worker-launch.ts";
import type { ServerState } from "./answers.ts";
import { pinned } from "./child.ts";

/** A server that is loaded, but cannot be asked itself how much it has worked. */
export interface WorkerServer {
  state(): Promise<ServerState>;
  stop(): Promise<void>;
}

/** Whether the system tells how much processor time another process has used. */
export const tellsProcessorTime = existsSync("/proc/self/schedstat");

/** Serves a module in workerd, on one processor. */
export async function startWorkerServer(
  module: string,
  bindings: Variables,
  processor: number,
): Promise<WorkerServer> {
  const address = { HOST: "127.0.0.1", PORT: String(await freePort()) };
  const { command, args, cleanUp } = await launchWorker({ ...bindings, ...address }, { module });
  const url = `http://${address.HOST}:${address.PORT}/bare`;
  const [file = "", ...rest] = pinned([command, ...args], processor);
  const server = await startServerProcess({
    command: file,
    args: rest,
    env: {},
    cwd: root,
    isReady: () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => delay(20, false),
      ),
  });
  return {
    state: async () => ({ port: Number(address.PORT), processorMs: processorMsOf(server.pid) }),
    async stop() {
      await server.kill();
      await cleanUp?.();
    },
  };
}

/** Gives how much processor time a process has used, on all threads that it has, in milliseconds. */
function processorMsOf(pid: number): number {
  if (!tellsProcessorTime) return Number.NaN;
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) => {
    const [used = ""] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
    return Number(used);
  });
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
