import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { constants } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** What starts a server as a process of its own. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited, so that a developer's settings change no test. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Asked again and again until it answers true. */
  isReady(): Promise<boolean>;
}

/** A server that answers. */
export interface ServerProcess {
  readonly pid: number;
  /** Its exit status, once it has ended, by itself or not. */
  readonly ended: Promise<number>;
  /** What it has printed so far, standard output and standard error as they came. */
  output(): string;
  /** Asks it to stop, and forces it after 15 s. Gives its exit status, 128 + n where signal n ended it. */
  stop(): Promise<number>;
  /** Ends it at once. */
  kill(): Promise<number>;
}

/** A server that ended before it was ready. */
export class ServerExited extends Error {
  readonly status: number;
  readonly output: string;

  constructor(command: string, status: number, output: string) {
    super(`${command} ended with status ${status} before it was ready:\n${output}`);
    this.name = "ServerExited";
    this.status = status;
    this.output = output;
  }
}

/** A runtime that reads all sources for the first time takes its time on a busy machine. */
const readyDeadlineMs = 60_000;
const readyAnswerMs = 2_000;
const stopDeadlineMs = 15_000;

/**
 * Starts a server and waits until it is ready.
 *
 * @throws {ServerExited} when it ends before
 */
export async function startServerProcess(options: ServerCommand): Promise<ServerProcess> {
  const { command, args, env, cwd } = options;
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  // "close" rather than "exit": by then everything printed has been read.
  const closed = once(child, "close").then(([code, signal]) => statusOf(code, signal));
  const killWithParent = () => child.kill("SIGKILL");
  process.once("exit", killWithParent);

  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), stopDeadlineMs);
    return closed.finally(() => {
      clearTimeout(timer);
      process.off("exit", killWithParent);
    });
  };

  try {
    await untilReady(options, closed, () => output);
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    ended: closed,
    output: () => output,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** Gives a port that was free a moment ago. Two tests can be given the same one, though hardly ever. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function untilReady(
  { command, isReady }: ServerCommand,
  closed: Promise<number>,
  output: () => string,
): Promise<void> {
  let status: number | undefined;
  closed.then(
    (value) => {
      status = value;
    },
    // A command that cannot be started; whoever awaits `closed` gets the error.
    () => undefined,
  );
  const deadline = Date.now() + readyDeadlineMs;
  while (status === undefined && Date.now() < deadline) {
    // Who has taken the port meanwhile may never answer.
    if (await Promise.race([isReady(), delay(readyAnswerMs, false)])) return;
    await Promise.race([delay(25), closed]);
  }
  if (status !== undefined) throw new ServerExited(command, status, output());
  throw new Error(`${command} was not ready after ${readyDeadlineMs} ms:\n${output()}`);
}

function statusOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
