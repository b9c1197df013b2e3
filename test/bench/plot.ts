import { digits, type Figure, isMet } from "./figure.ts";

const width = 980;
const labelEnd = 390;
const chartStart = 410;
const chartEnd = 910;
const rowHeight = 38;
const top = 60;

const ticks = [0.5, 1, 2, 5, 10, 20, 50];

// The page around the picture may be light or dark.
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .small { font-size: 11px; fill: #59636e }
  .grid { stroke: #d1d9e0 }
  .met { fill: #1a7f6b }
  .missed { fill: #bc4c00 }
  .bar { stroke: #1f2328; stroke-width: 2 }
  .spread { stroke: #1f2328; stroke-opacity: 0.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .small { fill: #9198a1 }
    .grid { stroke: #3d444d }
    .met { fill: #3fb99a }
    .missed { fill: #f0883e }
    .bar, .spread { stroke: #f0f6fc }
  }`;

/** Draws the ratios on a logarithmic axis: each from 1, which is as fast as the other, with a mark at its bar. */
export function drawRatios(figures: readonly Figure[]): string {
  const ratios = figures.filter(({ unit }) => unit === "×");
  const bottom = top + ratios.length * rowHeight;
  const title = "How many times as much Portico does in the same time";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 40}" role="img">`,
    `<title>${title}</title>`,
    `<style>${style}\n</style>`,
    text(16, 24, title),
    ...ticks.flatMap((tick) => [
      line(xOf(tick), top - 4, xOf(tick), bottom, "grid"),
      text(xOf(tick), top - 10, `${tick} ×`, "small", "middle"),
    ]),
    ...ratios.flatMap((figure, index) => drawRatio(figure, top + index * rowHeight)),
    text(chartStart, bottom + 26, "upright: the bar; thin: the middle half of the rounds", "small"),
    "</svg>\n",
  ].join("\n");
}

function drawRatio(figure: Figure, y: number): readonly string[] {
  const { work, against, value, bar, rounds } = figure;
  const [low, high] = rounds?.spread ?? [value, value];
  const start = Math.min(xOf(1), xOf(value));
  const length = Math.abs(xOf(value) - xOf(1));
  const kind = isMet(figure) ? "met" : "missed";
  return [
    text(labelEnd, y + 14, against, "name", "end"),
    text(labelEnd, y + 29, work, "small", "end"),
    `<rect class="${kind}" x="${start}" y="${y + 9}" width="${length.toFixed(1)}" height="18"/>`,
    line(xOf(low), y + 18, xOf(high), y + 18, "spread"),
    line(xOf(bar.value), y + 5, xOf(bar.value), y + 31, "bar"),
    text(Math.max(xOf(high), xOf(bar.value), xOf(1)) + 8, y + 23, `${digits(value)} ×`),
  ];
}

/** Keeps to the axis what is beyond its ends. */
function xOf(ratio: number): number {
  const [first = 1] = ticks;
  const last = ticks.at(-1) ?? 1;
  const part = Math.log(ratio / first) / Math.log(last / first);
  const x = chartStart + Math.min(1, Math.max(0, part)) * (chartEnd - chartStart);
  return Number(x.toFixed(1));
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function text(x: number, y: number, content: string, kind = "name", anchor = "start"): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped}</text>`;
}
