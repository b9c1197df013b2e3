// Measures how what work costs grows with what there is, and prints the table; ../README.md tells how.
import { describeMachine, describeMisses, markdownTable } from "../report.ts";
import { chooseRows, conclude, measureRows, writeResult } from "../runner.ts";
import type { ScaleRow } from "./curve.ts";
import { drawCurves } from "./plot.ts";
import { pointTables } from "./report.ts";
import { betterAuth } from "./rows/better-auth.ts";
import { issuers } from "./rows/issuers.ts";
import { memoryEngine } from "./rows/memory-engine.ts";
import { revocations } from "./rows/revocations.ts";
import { strictServer } from "./rows/strict-server.ts";
import { verifiedTokens } from "./rows/verified-tokens.ts";

const rows: readonly ScaleRow[] = [
  verifiedTokens,
  issuers,
  revocations,
  memoryEngine,
  strictServer,
  betterAuth,
];

/** A hundredth of each size, to see that the rows run; what they measure there is not judged. */
const trialPart = 0.01;
const trialFlag = "--trial";

const words = process.argv.slice(2);
const isTrial = words.includes(trialFlag);
const chosen = chooseRows(
  rows,
  words.filter((word) => word !== trialFlag),
);
const isWhole = chosen === rows && !isTrial;
if (isWhole && !(process.env.TEST_POSTGRES_URL && process.env.TEST_REDIS_URL))
  throw new Error("A run of all rows needs TEST_POSTGRES_URL and TEST_REDIS_URL.");

const machine = describeMachine();
const curves = await measureRows(
  chosen,
  (row) => row.measure(isTrial ? trialPart : 1),
  (curve) => curve.figures,
);
const figures = curves.flatMap((curve) => curve.figures);
console.log(`\n${pointTables(curves)}`);
conclude(figures);
const picture = drawCurves(curves);
if (isWhole) await writeResults();
if (isTrial) process.exitCode = 0;

async function writeResults(): Promise<void> {
  const page = [
    "# Growth",
    "Written by `npm run bench:scale`; [the benchmark's README](../README.md#growth) tells how each figure comes about.",
    machine,
    describeMisses(figures),
    markdownTable(figures),
    "## Points of the curves",
    "Medians, and between brackets the middle half of the rounds.",
    pointTables(curves),
    "![The curves and their bars](../../../docs/growth.svg)",
  ];
  await writeResult("test/bench/scale/results.md", `${page.join("\n\n")}\n`);
  await writeResult("docs/growth.svg", picture);
}
