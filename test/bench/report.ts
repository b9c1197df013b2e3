import { spawnSync } from "node:child_process";
import { arch, availableParallelism, cpus, loadavg, type } from "node:os";
import { nativeBinary } from "../../scripts/native.mjs";
import { digits, type Figure, isMet } from "./figure.ts";

/** Writes a figure as one line, for whoever watches. */
export function describe(figure: Figure): string {
  const { work, against, remark } = figure;
  const verdict = isMet(figure) ? "met   " : "MISSED";
  return `${verdict} ${work} | ${against} | ${value(figure)} (${bar(figure)}) | ${remark}`;
}

/** Says which figures miss their bars, and by how much. */
export function describeMisses(figures: readonly Figure[]): string {
  const missed = figures.filter((figure) => !isMet(figure));
  const count = `${figures.length - missed.length} of ${figures.length} bars are met.`;
  return [count, ...missed.map(describeMiss)].join("\n");
}

function describeMiss(figure: Figure): string {
  const missing = Math.abs(1 - figure.value / figure.bar.value) * 100;
  const what = figure.against === "—" ? figure.work : `${figure.work}, against ${figure.against}`;
  return `- missed by ${digits(missing)} %: ${what}: ${value(figure)}, ${bar(figure)}`;
}

/** Tells on what and when the figures came about; to be taken before the run, which is itself a load. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  const processors = `${availableParallelism()} × ${cpu?.model.trim() ?? "unknown processor"}`;
  const system = `${type()} on ${arch()}`;
  const runtimes = `Node ${process.versions.node}, Deno ${versionOf("deno")}, Bun ${versionOf("bun")}`;
  return `Measured on ${date}: ${processors}, ${system}, ${runtimes}, load average before the run ${digits(load)}.`;
}

function versionOf(runtime: "deno" | "bun"): string {
  const { stdout } = spawnSync(nativeBinary(runtime), ["--version"], { encoding: "utf8" });
  return /\d+\.\d+\.\d+/.exec(stdout ?? "")?.[0] ?? "unknown";
}

/** Writes the figures as a Markdown table. */
export function markdownTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.work,
    figure.against,
    `**${value(figure)}**`,
    bar(figure),
    isMet(figure) ? "met" : "**missed**",
    spread(figure),
    figure.remark,
  ]);
  const head = ["work", "against", "figure", "bar", "", "spread", "for information"];
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** Writes what a figure is. */
export function value({ value: amount, unit }: Figure): string {
  return `${digits(amount)} ${unit}`.trim();
}

/** Writes what a figure has to be. */
export function bar({ bar: { kind, value: amount }, unit }: Figure): string {
  const signs = { "at least": "≥", "at most": "≤", "more than": ">", "less than": "<" };
  return `${signs[kind]} ${digits(amount)} ${unit}`.trim();
}

function spread({ rounds }: Figure): string {
  if (!rounds) return "";
  const [low, high] = rounds.spread;
  return `${digits(low)} – ${digits(high)}, ${rounds.count} rounds`;
}
