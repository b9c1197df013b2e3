import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { nativeBinary, root } from "../../scripts/native.mjs";

export type Runtime = "node" | "deno" | "bun";

/** A process that answers each line of JSON with one. */
export interface Child {
  /** @throws {Error} when it ends instead of answering */
  ask<Answer>(question?: unknown): Promise<Answer>;
  stop(): void;
}

/** How to start a {@link Child}. */
export interface ChildCommand {
  /** Seen from the project's root. */
  readonly script: string;
  readonly args: readonly string[];
  readonly runtime?: Runtime;
  readonly flags?: readonly string[];
  /** The one processor that it may use, so that server and load do not take each other's. */
  readonly processor?: number;
}

/** Whether a process can be kept to one processor, and there are two to keep apart. */
const canPin =
  availableParallelism() > 1 && spawnSync("taskset", ["-V"], { stdio: "ignore" }).status === 0;

const commands: Readonly<Record<Runtime, readonly string[]>> = {
  node: [process.execPath],
  deno: [nativeBinary("deno"), "run", "--quiet", "--allow-all", "--node-modules-dir=manual"],
  bun: [nativeBinary("bun"), "--no-env-file", "--no-install", "run"],
};

/** Starts a process; it ends with this one at the latest. */
export function startChild(options: ChildCommand): Child {
  const child = spawnChild(options);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question = null) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${options.script} ended with status ${child.exitCode}`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}

function spawnChild({ script, args, runtime = "node", flags = [], processor }: ChildCommand) {
  const command = [...commands[runtime], ...flags, script, ...args];
  const [file = "", ...rest] = processor === undefined ? command : pinned(command, processor);
  const child = spawn(file, rest, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  stopWithThis(child);
  return child;
}

/** Keeps a command to one processor, where that can be done. */
export function pinned(command: readonly string[], processor: number): readonly string[] {
  return canPin ? ["taskset", "-c", String(processor), ...command] : command;
}

function stopWithThis(child: ChildProcess): void {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
}
