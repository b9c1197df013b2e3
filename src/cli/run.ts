import { readArguments } from "./arguments.ts";
import { type Command, type ExitStatus, UsageError } from "./command.ts";
import { helpOf } from "./help.ts";
import type { Terminal } from "./terminal.ts";

/** Runs a command with the arguments after its name, under the name that it was called by. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
  program = `portico ${command.name}`,
): Promise<ExitStatus | undefined> {
  if (args.includes("--help")) {
    terminal.print(helpOf(command, program));
    return 0;
  }
  try {
    return await command.run(readArguments(command, args), terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refuse(error, args, terminal, program);
  }
}

/** Tells whoever called that something cannot be meant, and where to read what can. */
export function refuse(
  { message }: UsageError,
  args: readonly string[],
  terminal: Terminal,
  program: string,
): ExitStatus {
  if (args.includes("--json")) terminal.print(JSON.stringify({ error: "usage", message }));
  else terminal.tell(`${message}\nSee ${program} --help.`);
  return 2;
}
