import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Slice } from "./measure.ts";

/** A server, as a process of its own. */
export interface ServerStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Asked again and again, until it is answered. */
  readonly url: string;
  /** Whether nothing is shown of what it says on standard error. */
  readonly isQuiet?: boolean;
}

/** A start, and the most memory that the process had until its first answer. */
export interface MeasuredStart extends Slice {
  /** Where the system tells. */
  readonly peakMegabytes?: number;
}

/** Starts a server, waits for its first answer, and ends it. */
export async function startToFirstAnswer(start: ServerStart): Promise<MeasuredStart> {
  const { command, args, cwd, env, url, isQuiet = false } = start;
  const startedAt = performance.now();
  const stdio = ["ignore", "ignore", isQuiet ? "ignore" : "inherit"] as const;
  const child = spawn(command, args, { cwd, env, stdio: [...stdio] });
  try {
    const { ok, status } = await firstAnswer(url);
    const clockMs = performance.now() - startedAt;
    if (!ok) throw new Error(`The server answers ${status}`);
    return { count: 1, clockMs, processorMs: Number.NaN, ...peakOf(child.pid) };
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
}

async function firstAnswer(url: string): Promise<Response> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(1);
    }
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakOf(pid: number | undefined): Pick<MeasuredStart, "peakMegabytes"> {
  if (process.platform !== "linux") return {};
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kibibytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  return { peakMegabytes: (kibibytes * 1024) / 1e6 };
}
