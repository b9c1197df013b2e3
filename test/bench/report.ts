import { availableParallelism, cpus, loadavg } from "node:os";
import { digits, type Figure, isMet } from "./figure.ts";

/** Writes a figure as one line, for whoever watches. */
export function describe(figure: Figure): string {
  const { work, against, remark } = figure;
  const verdict = isMet(figure) ? "met   " : "MISSED";
  return `${verdict} ${work} | ${against} | ${value(figure)} (${bar(figure)}) | ${remark}`;
}

/** Says by how much a figure misses its bar. */
export function describeMiss(figure: Figure): string {
  const missing = Math.abs(1 - figure.value / figure.bar.value) * 100;
  return `missed by ${digits(missing)} %: ${figure.work}, against ${figure.against}: ${value(figure)}, ${bar(figure)}`;
}

/** Tells on what and when the figures came about; to be taken before the run, which is itself a load. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  const processors = `${availableParallelism()} × ${cpu?.model.trim() ?? "unknown processor"}`;
  return `Measured on ${date}: ${processors}, Node ${process.versions.node}, load average before the run ${digits(load)}.`;
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

function value({ value: amount, unit }: Figure): string {
  return `${digits(amount)} ${unit}`.trim();
}

function bar({ bar: { kind, value: amount }, unit }: Figure): string {
  const signs = { "at least": "≥", "at most": "≤", "more than": ">", "less than": "<" };
  return `${signs[kind]} ${digits(amount)} ${unit}`.trim();
}

function spread({ rounds }: Figure): string {
  if (!rounds) return "";
  const [low, high] = rounds.spread;
  return `${digits(low)} – ${digits(high)}, ${rounds.count} rounds`;
}
