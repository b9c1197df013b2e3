// Measures what others get from us, against what else there is, and prints the table; README.md tells how.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/native.mjs";
import { type Figure, isMet, type Row } from "./figure.ts";
import { withFixture } from "./fixture.ts";
import { installPeers } from "./peers.ts";
import { drawFigures } from "./plot.ts";
import { describe, describeMachine, describeMisses, markdownTable } from "./report.ts";
import { hostile } from "./rows/hostile.ts";
import { coldImport } from "./rows/import.ts";
import { keyFetches } from "./rows/key-fetches.ts";
import { memory } from "./rows/memory.ts";
import { memoryUsers } from "./rows/memory-users.ts";
import { route } from "./rows/route.ts";
import { serviceStart } from "./rows/service-start.ts";
import { signIn } from "./rows/sign-in.ts";
import { signUps } from "./rows/sign-ups.ts";
import { concurrent, seen, sequential } from "./rows/verify.ts";
import { workerStart } from "./rows/worker-start.ts";

const rows: readonly Row[] = [
  route,
  seen,
  concurrent,
  sequential,
  hostile,
  keyFetches,
  memory,
  signIn,
  signUps,
  memoryUsers,
  coldImport,
  serviceStart,
  workerStart,
];

const names = process.argv.slice(2);
const chosen = names.length === 0 ? rows : rows.filter(({ name }) => names.includes(name));
if (chosen.length < names.length) {
  throw new Error(`The rows are: ${rows.map(({ name }) => name).join(", ")}.`);
}

installPeers();
const machine = describeMachine();
const figures = await withFixture((path) => measure(chosen, path));
console.log(`\n${markdownTable(figures)}\n`);
console.log(describeMisses(figures));
if (chosen === rows) await writeResults();
process.exitCode = figures.every(isMet) ? 0 : 1;

async function measure(list: readonly Row[], fixturePath: string): Promise<readonly Figure[]> {
  const measured: Figure[] = [];
  for (const row of list) {
    console.error(`measuring: ${row.name}`);
    const part = await row.measure(fixturePath);
    for (const figure of part) console.error(describe(figure));
    measured.push(...part);
  }
  return measured;
}

async function writeResults(): Promise<void> {
  const page = [
    "# Benchmark results",
    "Written by `npm run bench`; [README.md](README.md) tells how each figure comes about.",
    machine,
    describeMisses(figures),
    markdownTable(figures),
    "![The figures and their bars](../../docs/benchmarks.svg)",
  ];
  await writeFile(join(root, "test", "bench", "results.md"), `${page.join("\n\n")}\n`);
  await mkdir(join(root, "docs"), { recursive: true });
  await writeFile(join(root, "docs", "benchmarks.svg"), drawFigures(figures));
}
