// Measures what is promised in the issue and prints the table; README.md tells how.
import { type Figure, isMet, type Row } from "./figure.ts";
import { withFixture } from "./fixture.ts";
import { installPeers } from "./peers.ts";
import { describe, describeMiss, markdownTable } from "./report.ts";
import { route } from "./rows/route.ts";
import { concurrent, seen, sequential } from "./rows/verify.ts";

const rows: readonly Row[] = [route, seen, concurrent, sequential];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? rows : rows.filter(({ name }) => wanted.includes(name));
if (chosen.length < Math.max(1, wanted.length)) {
  throw new Error(`The rows are: ${rows.map(({ name }) => name).join(", ")}.`);
}
installPeers();
const figures = await withFixture((path) => measureAll(chosen, path));
console.log(`\n${markdownTable(figures)}\n`);
const missed = figures.filter((figure) => !isMet(figure));
for (const figure of missed) console.log(describeMiss(figure));
process.exitCode = missed.length > 0 ? 1 : 0;

async function measureAll(list: readonly Row[], fixturePath: string): Promise<readonly Figure[]> {
  const measured: Figure[] = [];
  for (const row of list) {
    console.error(`measuring: ${row.name}`);
    const some = await row.measure(fixturePath);
    for (const figure of some) console.error(describe(figure));
    measured.push(...some);
  }
  return measured;
}
