import { type Given, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** The choices of whoever begins a project. */
export interface Choices {
  readonly provider: "memory" | "cognito";
  readonly runtime: "node" | "bun" | "deno";
  readonly pages: "on" | "off";
}

/** The values of each choice, the usual one first, and the question that it is asked by. */
export const choices: {
  readonly [Name in keyof Choices]: {
    readonly values: readonly Choices[Name][];
    readonly question: string;
  };
} = {
  provider: { values: ["memory", "cognito"], question: "Where are your users" },
  runtime: { values: ["node", "bun", "deno"], question: "Which runtime serves them" },
  pages: { values: ["on", "off"], question: "Shall the service have sign-in pages" },
};

/**
 * Reads the choices from the options, asks for those that are missing where somebody is there to be asked, and takes the usual
 * ones else.
 *
 * @throws {UsageError} for a value that there is none of
 */
export async function readChoices(given: Given, terminal: Terminal): Promise<Choices> {
  return {
    provider: await choose("provider", given, terminal),
    runtime: await choose("runtime", given, terminal),
    pages: await choose("pages", given, terminal),
  };
}

async function choose<Name extends keyof Choices>(
  name: Name,
  given: Given,
  { isInteractive, ask, tell }: Terminal,
): Promise<Choices[Name]> {
  const { values, question } = choices[name];
  const [usual] = values;
  const find = (text: string) => values.find((value) => value === text);
  const option = given.text(name);
  if (option !== undefined) {
    const found = find(option);
    if (found === undefined) throw new UsageError(`--${name} takes ${values.join(" or ")}.`);
    return found;
  }
  if (usual === undefined) throw new TypeError("A choice of nothing.");
  if (!isInteractive || given.json) return usual;
  for (;;) {
    const answer = await ask(`${question}? ${values.join(", ")} (${usual}) `);
    const found = answer === "" ? usual : find(answer);
    if (found !== undefined) return found;
    tell(`One of ${values.join(", ")}, please.`);
  }
}
