import process from "node:process";
import { version } from "../service/version.ts";
import { nearest } from "./arguments.ts";
import { type ExitStatus, UsageError } from "./command.ts";
import { commands } from "./commands.ts";
import { table } from "./help.ts";
import { refuse, runCommand } from "./run.ts";
import { createTerminal } from "./terminal.ts";

const terminal = createTerminal();
const [name, ...args] = process.argv.slice(2);
const status = await call(name, args);
if (status !== undefined) process.exitCode = status;

async function call(
  name: string | undefined,
  args: readonly string[],
): Promise<ExitStatus | undefined> {
  if (name === undefined || name === "--help" || name === "help") {
    terminal.print(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.print(version);
    return 0;
  }
  const load = commands[name];
  if (load) return runCommand(await load(), args, terminal);
  const meant = nearest(name, Object.keys(commands));
  const hint = meant === undefined ? "" : ` Is ${meant} meant?`;
  const fault = new UsageError(`There is no command of that name.${hint}`);
  return refuse(fault, args, terminal, "portico");
}

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    "Usage: portico <command> [options]",
    table(all.map(({ name, summary }) => [name, summary] as const)),
    `${table([
      ["--version", "print the version"],
      ["--help", "show this; after a command, what that takes"],
    ])}`,
    "Statuses: 0, all is well; 1, what was looked at is not; 2, it could not be looked at, or the call cannot be meant.",
  ].join("\n\n");
}
