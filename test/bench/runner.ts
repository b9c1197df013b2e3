import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "../../scripts/native.mjs";
import { type Figure, isMet } from "./figure.ts";
import { describe, describeMisses, markdownTable } from "./report.ts";

/** Gives the rows of these names, or all of them where none is named. */
export function chooseRows<Named extends { readonly name: string }>(
  rows: readonly Named[],
  names: readonly string[],
): readonly Named[] {
  const chosen = names.length === 0 ? rows : rows.filter(({ name }) => names.includes(name));
  if (chosen.length < names.length)
    throw new Error(`The rows are: ${rows.map(({ name }) => name).join(", ")}.`);
  return chosen;
}

/** Measures row by row, tells each figure as soon as it is known, and gives what all rows gave. */
export async function measureRows<Named extends { readonly name: string }, Part>(
  rows: readonly Named[],
  measure: (row: Named) => Promise<readonly Part[]>,
  figuresOf: (part: Part) => readonly Figure[],
): Promise<readonly Part[]> {
  const measured: Part[] = [];
  for (const row of rows) {
    console.error(`measuring: ${row.name}`);
    const parts = await measure(row);
    for (const figure of parts.flatMap(figuresOf)) console.error(describe(figure));
    measured.push(...parts);
  }
  return measured;
}

/** Prints the table and what misses its bar, and has the process end with 1 where anything does. */
export function conclude(figures: readonly Figure[]): void {
  console.log(`\n${markdownTable(figures)}\n`);
  console.log(describeMisses(figures));
  process.exitCode = figures.every(isMet) ? 0 : 1;
}

/** Writes a file, by its path seen from the project's root. */
export async function writeResult(path: string, content: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
