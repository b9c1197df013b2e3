import type { Terminal } from "./terminal.ts";

/** An option of a command, `--name` or `--name <value>`. */
export interface OptionForm {
  /** The name of its value in the help; one without is a switch. */
  readonly value?: string;
  /** Whether it may be given more than once. */
  readonly isList?: boolean;
  /** The value where it is not given. */
  readonly usual?: string;
  /** The words that it is explained by, without a full stop. */
  readonly text: string;
}

/** The options and the argument that a command was called with. */
export interface Given {
  /** Gives the value of an option. */
  text(name: string): string | undefined;
  /** Gives the values of an option that may be given more than once. */
  list(name: string): readonly string[];
  /** Tells whether a switch is on. */
  has(name: string): boolean;
  readonly argument: string | undefined;
  /** Whether programs read the output: one JSON document on standard output, and no progress. */
  readonly json: boolean;
}

/**
 * The status that a command ends with: 0, all is well; 1, what it looked at is not; 2, it could not look, or was not told
 * how it is to.
 */
export type ExitStatus = 0 | 1 | 2;

/** One command of `portico`. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs for its own help. */
  readonly details: string;
  /** The one argument that it takes besides options. */
  readonly argument?: { readonly name: string; readonly text: string };
  readonly options: Readonly<Record<string, OptionForm>>;
  /**
   * Does the work. Ends with the status of the process, or with none where the process goes on.
   *
   * @throws {UsageError} for what cannot be meant
   */
  run(given: Given, terminal: Terminal): Promise<ExitStatus | undefined>;
}

/** A command was called in a way that cannot be meant. The message is for whoever called it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
