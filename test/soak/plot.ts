import { line, type Place, picture, polyline, text } from "../bench/svg.ts";
import type { Soaked } from "./card.ts";

const width = 1020;
const panelHeight = 170;
const left = 110;
const right = 990;

/** Draws for each run the memory of the service's process over time, and how many requests were under way. */
export function drawRuns(runs: readonly Soaked[]): string {
  const panels = runs.flatMap((run) => [
    { name: `${run.runtime}: memory in MiB`, values: run.seconds.map((one) => one.memoryMiB) },
    { name: `${run.runtime}: requests under way`, values: run.seconds.map((one) => one.underWay) },
  ]);
  const title = "Memory and requests under way, second by second";
  return picture(
    { title, width, height: panels.length * panelHeight + 20 },
    panels.flatMap(({ name, values }, index) => drawPanel(name, values, index * panelHeight)),
  );
}

function drawPanel(name: string, values: readonly number[], y: number): readonly string[] {
  const most = Math.max(1, ...values) * 1.1;
  const [top, bottom] = [y + 44, y + panelHeight - 26];
  const heightOf = (value: number) => Number((bottom - (value / most) * (bottom - top)).toFixed(1));
  const stepX = (right - left) / Math.max(1, values.length - 1);
  const places = values.map(
    (value, index): Place => [Number((left + index * stepX).toFixed(1)), heightOf(value)],
  );
  const ticks = [0, most / 2.2, most / 1.1];
  return [
    text(16, y + 24, name, "title"),
    ...ticks.flatMap((tick) => [
      line(left, heightOf(tick), right, heightOf(tick), "grid"),
      text(left - 8, heightOf(tick) + 4, String(Math.round(tick)), "small", "end"),
    ]),
    `<g class="met">${polyline(places, "curve")}</g>`,
    text(right, bottom + 16, `${values.length} s`, "small", "end"),
  ];
}
