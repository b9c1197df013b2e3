import process from "node:process";
import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import type { Environment } from "../adapters/shared/settings.ts";

/** The process and whoever sits before it, as commands see them. */
export interface Terminal {
  readonly environment: Environment;
  /** The folder that paths are relative to. */
  readonly folder: string;
  /** Prints a line of what was asked for. */
  readonly print: (line: string) => void;
  /** Prints a line for whoever watches. */
  readonly tell: (line: string) => void;
  /** Writes over the line that is shown for as long as something lasts: an empty one takes it away. */
  readonly show: (line: string) => void;
  /** Whether somebody watches, so that it is of use to show how long something lasts. */
  readonly isWatched: boolean;
  /** Whether somebody is there to be asked. */
  readonly isInteractive: boolean;
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<string>;
  /** Asks a question, and gives the answer without blanks around it. */
  readonly ask: (question: string) => Promise<string>;
  readonly exit: (status: number) => never;
}

/** Makes the terminal of this process. */
export function createTerminal(): Terminal {
  const isWatched = process.stderr.isTTY === true;
  return {
    environment: process.env,
    folder: process.cwd(),
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    // To the start of the line, and what is there taken away (ECMA-48 section 8.3.41).
    show: (line) => void process.stderr.write(`\r\x1b[K${line}`),
    isWatched,
    isInteractive: isWatched && process.stdin.isTTY === true,
    readInput: () => text(process.stdin),
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await lines.question(question)).trim();
      } finally {
        lines.close();
      }
    },
    exit: process.exit,
  };
}
