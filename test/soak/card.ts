import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { tokenVerifierCorpus } from "../../src/testing/index.ts";
import { quantile } from "../bench/measure.ts";
import type { RuntimeName } from "../support/runtimes.ts";
import type { Sightings } from "./client.ts";
import type { Form } from "./forms.ts";
import type { Second } from "./load.ts";
import type { Outage } from "./outages.ts";

/** The outcome of one runtime under load. */
export interface Soaked {
  readonly runtime: RuntimeName;
  readonly seconds: readonly Second[];
  readonly sightings: Sightings;
  readonly sessions: number;
  /** Those that could not be refreshed when the load was over. */
  readonly lost: number;
  /** How late timers of the service came, in milliseconds; none where the runtime has no process to look into. */
  readonly delaysMs: readonly number[];
}

/** The bars of the card. */
const bars = { memoryGrowth: 0.05, delayMs: 50 } as const;

/** The growth of memory from the middle third of a run to its last, as a share. */
export function memoryGrowth(seconds: readonly Second[]): number {
  const third = Math.floor(seconds.length / 3);
  const medianOf = (part: readonly Second[]) =>
    quantile(
      part.map(({ memoryMiB }) => memoryMiB),
      0.5,
    );
  const middle = medianOf(seconds.slice(third, 2 * third));
  return medianOf(seconds.slice(2 * third)) / middle - 1;
}

/** Says what misses its bar. */
export function missesOf(
  form: Form,
  runs: readonly Soaked[],
  outages: readonly Outage[],
): readonly string[] {
  const all = [...runs.map((run) => ({ ...run, name: run.runtime as string })), ...outages];
  const found = all.flatMap(({ name, lost, sightings }) => [
    ...(lost > 0 ? [`${name}: ${lost} sessions lost`] : []),
    ...sightings.falseSignOuts.map((one) => `${name}: false sign-out: ${one}`),
    ...sightings.undeclared.map((one) => `${name}: undeclared: ${one}`),
  ]);
  if (!form.isJudged) return found;
  const grown = runs.filter(({ seconds }) => memoryGrowth(seconds) > bars.memoryGrowth);
  const late = runs.filter(({ delaysMs }) => delaysMs.length > 0 && p99(delaysMs) >= bars.delayMs);
  return [
    ...found,
    ...grown.map(({ runtime }) => `${runtime}: memory grows`),
    ...late.map(({ runtime }) => `${runtime}: the event loop is kept busy`),
  ];
}

/** Writes the card. */
export function writeCard(form: Form, runs: readonly Soaked[], outages: readonly Outage[]): string {
  const misses = missesOf(form, runs, outages);
  return [
    "# Reliability card",
    "",
    `What \`npm run soak\` measured (${form.name} form), on ${cpus().length} × ${cpus()[0]?.model.trim()}, which also ran the load and the strict Cognito server. ${misses.length === 0 ? "Every bar is met." : "**What misses its bar stands below.**"}`,
    "",
    ...misses.map((miss) => `- ${miss.replaceAll("|", "\\|")}`),
    ...(misses.length > 0 ? [""] : []),
    "## Under load, while the back end fails",
    "",
    `${form.rate} requests a second, sent whether or not the service answers: 60 % a route that goes by the token alone, 25 % refreshes, 10 % profiles, 5 % sign-ins. The Cognito adapter on the strict server, which throttles or fails one call in ten and stalls at one in twenty: two seconds late, or done and never answered; limits on, every session from an address of its own through \`TRUSTED_PROXIES\`, \`hashIterations\` ${form.hashIterations}. A session is lost if it cannot be refreshed in the end, a false sign-out is any 401 to a client that has done nothing wrong, an undeclared answer is one that \`openapi.yaml\` does not have for its operation, or a 500.`,
    "",
    "| | requests | sessions | lost | false sign-outs | undeclared | unanswered | event loop p99 | memory, and its growth from the middle third to the last |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...runs.map(rowOf),
    "",
    "![Memory and requests under way](reliability.svg)",
    "",
    "| p50 / p99 in ms of good answers | protected route | refresh | profile | sign-in | faults answered |",
    "| --- | --- | --- | --- | --- | --- |",
    ...runs.map(latencyRowOf),
    "",
    "## Through outages",
    "",
    "| on Node | sessions | lost | false sign-outs | undeclared | answers that asked to come back |",
    "| --- | --- | --- | --- | --- | --- |",
    ...outages.map(
      ({ name, sessions, lost, sightings }) =>
        `| ${name} | ${sessions} | ${lost} | ${sightings.falseSignOuts.length} | ${sightings.undeclared.length} | ${faultsIn(sightings)} |`,
    ),
    "",
    ...besides(),
    "",
  ].join("\n");
}

function rowOf({ runtime, seconds, sightings, sessions, lost, delaysMs }: Soaked): string {
  const last = seconds.at(-1)?.memoryMiB ?? 0;
  return `| ${[
    `${runtime}, ${seconds.length} s`,
    sightings.requests,
    sessions,
    lost,
    sightings.falseSignOuts.length,
    sightings.undeclared.length,
    sightings.unanswered,
    delaysMs.length > 0 ? `${p99(delaysMs)} ms` : "not told",
    `${Math.round(last)} MiB, ${(memoryGrowth(seconds) * 100).toFixed(1)} %`,
  ].join(" | ")} |`;
}

function latencyRowOf({ runtime, sightings }: Soaked): string {
  const cells = ["getSession", "refreshTokens", "getProfile", "signIn"].map((operationId) => {
    const latencies = sightings.latencies.get(operationId) ?? [];
    if (latencies.length === 0) return "—";
    return `${quantile(latencies, 0.5).toFixed(1)} / ${quantile(latencies, 0.99).toFixed(0)}`;
  });
  return `| ${[runtime, ...cells, faultsIn(sightings)].join(" | ")} |`;
}

/** How many answers said that it was no fault of the client's. */
function faultsIn({ answers }: Sightings): number {
  const counts = [...answers].filter(([key]) => / (?:429|5\d\d)$/.test(key));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

function p99(delaysMs: readonly number[]): number {
  return Math.round(quantile(delaysMs, 0.99));
}

/** The findings of other commands, where their results are there. */
function besides(): readonly string[] {
  const [, changes, noticed, explained] =
    /^\| all \| [^|]+ \| (\d+) \| (\d+) \| (\d+) \|/m.exec(textOf("tools/mutation/results.md")) ??
    [];
  const mutation =
    changes === undefined
      ? "not run"
      : `of ${changes} changes to what guards, tests notice ${noticed}, and ${explained} are explained`;
  const fuzzed = textOf("test/fuzz/results.md").trim() || "20,000 requests in each run of CI";
  return [
    "## Beside it",
    "",
    `- Mutation tests: ${mutation} ([tools/mutation/results.md](../tools/mutation/results.md)).`,
    `- Hostile tokens: a corpus of ${tokenVerifierCorpus.length} cases that any verifier can be held against, each held on every runtime ([test/runtime/corpus.test.ts](../test/runtime/corpus.test.ts)).`,
    `- Fuzz: ${fuzzed}.`,
  ];
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
