import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The command `portico`, from source. */
export const porticoEntry = join(root, "src/cli/portico.ts");

/** How a run of the command differs from one in an empty environment. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The text on its standard input. */
  readonly input?: string;
  /** @default the root of the project */
  readonly cwd?: string;
}

/** Runs `portico` as a process of its own until it ends. Nothing is inherited, so that a developer's settings change no test. */
export async function runPortico(args: readonly string[], options: RunOptions = {}) {
  const { env = {}, input = "", cwd = root } = options;
  const child = spawn(process.execPath, [porticoEntry, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), ...env },
  });
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.err += text;
  });
  child.stdin.end(input);
  const [status]: (number | null)[] = await once(child, "close");
  return { status, ...printed };
}
