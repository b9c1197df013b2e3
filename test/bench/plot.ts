import { digits, type Figure, isMet } from "./figure.ts";
import { line, picture, text } from "./svg.ts";

const width = 1020;
const labelEnd = 465;
const chartStart = 485;
const chartEnd = 900;
const rowHeight = 38;

/** A part of the picture: figures that one axis fits. */
interface Chart {
  readonly title: string;
  readonly ticks: readonly number[];
  /** Where the rectangles begin. */
  readonly origin: number;
  writeTick(tick: number): string;
  /** Gives how far along the axis a value is, from 0 to 1. */
  place(value: number): number;
  /** What a figure's amounts are divided by to be values of the axis. */
  scaleOf(figure: Figure): number;
}

const gains: Chart = {
  title: "How many times as much Portico does in the same time",
  ticks: [0.5, 1, 2, 5, 10, 20, 50],
  origin: 1,
  writeTick: (tick) => `${tick} ×`,
  place: (value) => Math.log(value / 0.5) / Math.log(50 / 0.5),
  scaleOf: ({ unit, bar }) => (unit === "×" ? 1 : bar.value),
};

const costs: Chart = {
  title: "How much it takes of what it may",
  ticks: [0, 0.25, 0.5, 0.75, 1],
  origin: 0,
  writeTick: (tick) => `${tick * 100} %`,
  place: (value) => value / 1.25,
  scaleOf: ({ bar }) => bar.value,
};

/** Draws figures that have to be high on a logarithmic axis, those that have to be low below it, each with its bar. */
export function drawFigures(figures: readonly Figure[]): string {
  const isGain = ({ bar: { kind } }: Figure) => kind === "at least" || kind === "more than";
  const upper = figures.filter(isGain);
  const lower = figures.filter((figure) => !isGain(figure));
  const middle = 80 + upper.length * rowHeight;
  const bottom = middle + 80 + lower.length * rowHeight;
  const legend =
    "upright: the bar; thin: the middle half of the rounds; what misses its bar has another colour";
  const title = "What the benchmark measured, and the bars";
  return picture({ title, width, height: bottom + 20 }, [
    ...drawChart(gains, upper, 0),
    ...drawChart(costs, lower, middle),
    text(16, bottom, legend, "small"),
  ]);
}

function drawChart(chart: Chart, figures: readonly Figure[], y: number): readonly string[] {
  const top = y + 60;
  const end = top + figures.length * rowHeight;
  return [
    text(16, y + 24, chart.title, "title"),
    ...chart.ticks.flatMap((tick) => [
      line(xOf(chart, tick), top - 4, xOf(chart, tick), end, "grid"),
      text(xOf(chart, tick), top - 10, chart.writeTick(tick), "small", "middle"),
    ]),
    ...figures.flatMap((figure, index) => drawFigure(chart, figure, top + index * rowHeight)),
  ];
}

function drawFigure(chart: Chart, figure: Figure, y: number): readonly string[] {
  const { work, against, value, unit, bar, rounds } = figure;
  const x = (amount: number) => xOf(chart, amount / chart.scaleOf(figure));
  const [low, high] = rounds?.spread ?? [value, value];
  const [origin, end] = [xOf(chart, chart.origin), x(value)];
  const length = Math.abs(end - origin).toFixed(1);
  const name = against === "—" ? [text(labelEnd, y + 23, work, "name", "end")] : named(figure, y);
  return [
    ...name,
    `<rect class="${isMet(figure) ? "met" : "missed"}" x="${Math.min(origin, end)}" y="${y + 9}" width="${length}" height="18"/>`,
    line(x(low), y + 18, x(high), y + 18, "spread"),
    line(x(bar.value), y + 5, x(bar.value), y + 31, "bar"),
    text(Math.max(x(high), x(bar.value), origin) + 8, y + 23, `${digits(value)} ${unit}`.trim()),
  ];
}

function named({ work, against }: Figure, y: number): readonly string[] {
  return [
    text(labelEnd, y + 14, against, "name", "end"),
    text(labelEnd, y + 29, work, "small", "end"),
  ];
}

/** Keeps to the axis what is beyond its ends. */
function xOf(chart: Chart, value: number): number {
  const part = Math.min(1, Math.max(0, chart.place(value)));
  return Number((chartStart + part * (chartEnd - chartStart)).toFixed(1));
}
