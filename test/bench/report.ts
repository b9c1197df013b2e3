import { digits, type Figure, isMet } from "./figure.ts";

/** Writes a figure as one line for people who watch. */
export function describe(figure: Figure): string {
  const { work, against, remark } = figure;
  return `${isMet(figure) ? "met   " : "MISSED"} ${work} | ${against} | ${value(figure)} (${bar(figure)}) | ${remark}`;
}

/** Says by how much a figure misses its bar. */
export function describeMiss(figure: Figure): string {
  const { work, against, bar: wanted, value: got } = figure;
  const missing = Math.abs(1 - got / wanted.value) * 100;
  return `missed by ${digits(missing)} %: ${work}, against ${against}: ${value(figure)}, ${bar(figure)}`;
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
  const head = [
    "work",
    "against",
    "figure",
    "bar",
    "",
    "middle half of the rounds",
    "for information",
  ];
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function value({ value: amount, unit }: Figure): string {
  return unit === "×" ? `${digits(amount)} ×` : `${digits(amount)} ${unit}`;
}

function bar({ bar: { kind, value: amount } }: Figure): string {
  const signs = { "at least": "≥", "at most": "≤", "more than": ">" };
  return `${signs[kind]} ${digits(amount)}`;
}

function spread({ rounds }: Figure): string {
  if (!rounds) return "";
  const [low, high] = rounds.spread;
  return `${digits(low)} – ${digits(high)} of ${rounds.count}`;
}
