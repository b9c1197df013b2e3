// Measures what others get from us, against what else there is, and prints the table; README.md tells how.
import type { Row } from "./figure.ts";
import { withFixture } from "./fixture.ts";
import { installPeers } from "./peers.ts";
import { drawFigures } from "./plot.ts";
import { describeMachine, describeMisses, markdownTable } from "./report.ts";
import { cognitoOverHttp } from "./rows/cognito-over-http.ts";
import { hashFlood } from "./rows/hash-flood.ts";
import { hostile } from "./rows/hostile.ts";
import { coldImport } from "./rows/import.ts";
import { keyFetches } from "./rows/key-fetches.ts";
import { memory } from "./rows/memory.ts";
import { memoryUsers } from "./rows/memory-users.ts";
import { ownKeys } from "./rows/own-keys.ts";
import { route } from "./rows/route.ts";
import { routeElsewhere } from "./rows/route-elsewhere.ts";
import { serviceStart } from "./rows/service-start.ts";
import { session } from "./rows/session.ts";
import { sessionExtras } from "./rows/session-extras.ts";
import { signIn } from "./rows/sign-in.ts";
import { signUps } from "./rows/sign-ups.ts";
import { concurrent, seen, sequential } from "./rows/verify.ts";
import { workerStart } from "./rows/worker-start.ts";
import { chooseRows, conclude, measureRows, writeResult } from "./runner.ts";

const rows: readonly Row[] = [
  route,
  routeElsewhere,
  session,
  sessionExtras,
  seen,
  concurrent,
  sequential,
  hostile,
  ownKeys,
  keyFetches,
  memory,
  signIn,
  cognitoOverHttp,
  signUps,
  hashFlood,
  memoryUsers,
  coldImport,
  serviceStart,
  workerStart,
];

const chosen = chooseRows(rows, process.argv.slice(2));
installPeers();
const machine = describeMachine();
const figures = await withFixture((path) =>
  measureRows(
    chosen,
    (row) => row.measure(path),
    (figure) => [figure],
  ),
);
conclude(figures);
if (chosen === rows) await writeResults();

async function writeResults(): Promise<void> {
  const page = [
    "# Benchmark results",
    "Written by `npm run bench`; [README.md](README.md) tells how each figure comes about.",
    machine,
    describeMisses(figures),
    markdownTable(figures),
    "![The figures and their bars](../../docs/benchmarks.svg)",
  ];
  await writeResult("test/bench/results.md", `${page.join("\n\n")}\n`);
  await writeResult("docs/benchmarks.svg", drawFigures(figures));
}
