import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Given, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Reads the token that is to be judged, of the file that was named or of standard input, without the scheme that it may have
 * been copied with.
 *
 * @throws {UsageError} for a file that cannot be read, and for a token in the place of a file's name
 */
export async function readToken({ argument }: Given, terminal: Terminal): Promise<string> {
  const text = await textOf(argument, terminal);
  const token = text.trim().replace(/^(?:Authorization: *)?(?:Bearer|DPoP) +/i, "");
  if (token === "")
    throw new UsageError(
      "There is no token: it is read from standard input, or from the file that is named.",
    );
  return token;
}

async function textOf(argument: string | undefined, terminal: Terminal): Promise<string> {
  if (argument === undefined || argument === "-") {
    if (terminal.isInteractive)
      terminal.tell("Paste the token, then press Ctrl-D on a line of its own.");
    return terminal.readInput();
  }
  if (/^eyJ[\w-]+\.[\w-]+\./.test(argument))
    throw new UsageError(
      "A token as an argument stays in the shell's history and in the list of processes: give it on standard input, or name a file.",
    );
  try {
    return readFileSync(resolve(terminal.folder, argument), "utf8");
  } catch (cause) {
    throw new UsageError("The file with the token cannot be read.", { cause });
  }
}
