import { parseArgs } from "node:util";
import { isWithinEdits } from "../service/unknown-settings.ts";
import { type Command, type Given, type OptionForm, UsageError } from "./command.ts";

/** The options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionForm>> = {
  json: { text: "print one JSON document, for programs" },
  help: { text: "show this" },
};

/**
 * Reads what a command was called with.
 *
 * @throws {UsageError} for an option that it does not have, with the nearest that it has, and for what cannot be read
 */
export function readArguments(command: Command, args: readonly string[]): Given {
  const forms = { ...command.options, ...commonOptions };
  const options = Object.fromEntries(
    Object.entries(forms).map(([name, form]) => [name, parserOption(form)]),
  );
  refuseUnknown(args, Object.keys(forms), options);
  const { values, positionals } = parse(args, options);
  const [argument, surplus] = positionals;
  const unwanted = command.argument ? surplus : argument;
  // It may be a secret that was meant for an option, so it is not repeated.
  if (unwanted !== undefined)
    throw new UsageError(
      `There ${positionals.length > 1 ? "are arguments" : "is an argument"} too many.`,
    );
  const valuesOf = (name: string) => [values[name] ?? forms[name]?.usual ?? []].flat().map(String);
  return {
    text: (name) => valuesOf(name)[0],
    list: valuesOf,
    has: (name) => values[name] === true,
    argument,
    json: values.json === true,
  };
}

/** Gives the one of some names that was most likely meant by another. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const begun = names.find((one) => name.length > 1 && one.startsWith(name));
  if (begun !== undefined) return begun;
  for (const edits of [1, 2, 3]) {
    // Of a short name so many edits make any other.
    const found = names.find((one) => edits * 3 <= one.length && isWithinEdits(edits, name, one));
    if (found !== undefined) return found;
  }
  return undefined;
}

type ParserOptions = Readonly<Record<string, ReturnType<typeof parserOption>>>;

function parserOption({ value, isList = false }: OptionForm) {
  const type: "string" | "boolean" = value === undefined ? "boolean" : "string";
  return { type, multiple: isList };
}

function refuseUnknown(
  args: readonly string[],
  names: readonly string[],
  options: ParserOptions,
): void {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option" || names.includes(token.name)) continue;
    const meant = nearest(token.name, names);
    const hint = meant === undefined ? "" : ` Is --${meant} meant?`;
    throw new UsageError(`There is no option ${token.rawName}.${hint}`);
  }
}

function parse(args: readonly string[], options: ParserOptions) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
