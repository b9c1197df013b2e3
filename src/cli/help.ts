import { commonOptions } from "./arguments.ts";
import type { Command, OptionForm } from "./command.ts";

/** The width of the column of names. */
const nameWidth = 25;

/** Writes the help of a command, under the name that it was called by. */
export function helpOf(command: Command, program: string): string {
  const { argument, details } = command;
  const taken = argument ? ` [${argument.name}]` : "";
  const rows = Object.entries({ ...command.options, ...commonOptions }).map(
    ([name, form]) => [optionName(name, form), optionText(form)] as const,
  );
  return [
    `Usage: ${program} [options]${taken}`,
    details,
    table([...(argument ? [[`[${argument.name}]`, argument.text] as const] : []), ...rows]),
  ].join("\n\n");
}

/** Writes the rows of a table of two columns; a name that is too long has a line for itself. */
export function table(rows: readonly (readonly [name: string, text: string])[]): string {
  return rows
    .map(([name, text]) => {
      const indented = text.replaceAll("\n", `\n${" ".repeat(nameWidth + 2)}`);
      const isLong = name.length > nameWidth - 2;
      const gap = isLong ? `\n${" ".repeat(nameWidth)}` : " ".repeat(nameWidth - name.length);
      return `  ${name}${gap}${isLong ? "  " : ""}${indented}`;
    })
    .join("\n");
}

function optionName(name: string, { value }: OptionForm): string {
  return value === undefined ? `--${name}` : `--${name} <${value}>`;
}

function optionText({ text, usual, isList = false }: OptionForm): string {
  const notes = [...(usual === undefined ? [] : [usual]), ...(isList ? ["may be repeated"] : [])];
  return notes.length > 0 ? `${text} (${notes.join("; ")})` : text;
}
