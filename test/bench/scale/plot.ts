import { isMet } from "../figure.ts";
import { bar, value } from "../report.ts";
import { line, type Place, picture, polygon, polyline, text } from "../svg.ts";
import { amount, type Curve, type CurveFigure, type Point, sortedPoints } from "./curve.ts";
import { type Frame, frameOf, tickText } from "./frame.ts";

const columns = 3;
const panelWidth = 340;
const plotHeight = 140;
const titleLength = 42;
const lineHeight = 16;

/** How far apart the sizes below a plot have to be so that both can be read. */
const leastGap = 34;

/** Draws each curve in a panel of its own, on logarithmic axes, with its bars. */
export function drawCurves(curves: readonly Curve[]): string {
  const heads = curves.map(headOf);
  const headHeight = 24 + Math.max(0, ...heads.map((head) => head.length)) * lineHeight;
  const panelHeight = headHeight + plotHeight + 44;
  const height = Math.ceil(curves.length / columns) * panelHeight + 40;
  const title = "What work costs as what there is grows, and the bars";
  const legend =
    "dots: medians, and the middle half of the rounds; dashed: the bar, and grey what is beyond it; what misses its bar has " +
    "another colour";
  return picture({ title, width: columns * panelWidth, height }, [
    ...curves.flatMap((curve, index) => {
      const left = (index % columns) * panelWidth;
      const top = Math.floor(index / columns) * panelHeight;
      return [
        ...(heads[index] ?? []).map(({ content, kind }, row) =>
          text(left + 16, top + 24 + row * lineHeight, content, kind),
        ),
        ...drawPlot(curve, [left, top + headHeight]),
      ];
    }),
    text(16, height - 16, legend, "small"),
  ]);
}

/** The title and the verdicts above a curve. */
function headOf({ work, figures }: Curve) {
  const verdicts = figures.map((figure) => `${value(figure)} (${bar(figure)}) ${figure.against}`);
  return [
    ...wrapped(work).map((content) => ({ content, kind: "title" })),
    ...verdicts.map((content) => ({ content, kind: "small" })),
  ];
}

function drawPlot(curve: Curve, [left, top]: Place): readonly string[] {
  const frame = frameOf(curve, {
    left: left + 70,
    right: left + panelWidth - 76,
    top,
    bottom: top + plotHeight,
  });
  return [
    ...drawAxes(curve, frame),
    ...curve.figures.flatMap((figure) => drawLimit(figure, frame)),
    ...drawCurve(curve, frame),
  ];
}

function drawAxes({ points, unit, sizesOf }: Curve, frame: Frame): readonly string[] {
  const { left, right, bottom } = frame;
  const sizes = sortedPoints({ points }).map(({ size }) => size);
  return [
    ...frame.ticks.flatMap((tick) => [
      line(left, frame.yOf(tick), right, frame.yOf(tick), "grid"),
      text(left - 8, frame.yOf(tick) + 4, tickText(tick, unit), "small", "end"),
    ]),
    ...sizes.filter(isFree).map((size) => {
      const written = size < 1000 ? String(size) : `${size / 1000}k`;
      return size === sizes[0]
        ? text(frame.xOf(size) - 4, bottom + 16, `${written} ${sizesOf}`, "small")
        : text(frame.xOf(size), bottom + 16, written, "small", "middle");
    }),
  ];

  /** The largest size is always written, and others where that leaves them room. */
  function isFree(size: number): boolean {
    const largest = frame.xOf(sizes.at(-1) ?? size);
    return frame.xOf(size) === largest || largest - frame.xOf(size) > leastGap;
  }
}

/** Draws where the bar is, and all that is on its wrong side. */
function drawLimit({ limit, bar: { kind } }: CurveFigure, frame: Frame): readonly string[] {
  if (!limit) return [];
  const places = placesOf(limit, frame);
  const [first, last] = [places.at(0), places.at(-1)];
  if (!first || !last) return [];
  const isFloor = kind === "at least" || kind === "more than";
  const edge = isFloor ? frame.bottom : frame.top;
  return [
    polygon([...places, [last[0], edge], [first[0], edge]], "beyond"),
    polyline(places, "limit"),
  ];
}

function drawCurve(curve: Curve, frame: Frame): readonly string[] {
  const kind = curve.figures.every(isMet) ? "met" : "missed";
  const points = sortedPoints(curve);
  const [first, last] = [points.at(0), points.at(-1)];
  return [
    ...points.flatMap(({ size, spread }) => {
      if (!spread) return [];
      const x = frame.xOf(size);
      return [line(x, frame.yOf(spread[0]), x, frame.yOf(spread[1]), `quartiles ${kind}`)];
    }),
    polyline(placesOf(points, frame), `curve ${kind}`),
    ...placesOf(points, frame).map(
      ([x, y]) => `<circle class="${kind}" cx="${x}" cy="${y}" r="3.5"/>`,
    ),
    ...(first && first !== last
      ? [text(frame.xOf(first.size) - 4, frame.yOf(first.value) + 18, written(first))]
      : []),
    ...(last ? [text(frame.xOf(last.size) + 9, frame.yOf(last.value) + 4, written(last))] : []),
  ];

  function written({ value: measured }: Point): string {
    return amount(measured, curve.unit);
  }
}

function placesOf(points: readonly Point[], { xOf, yOf }: Frame): readonly Place[] {
  return sortedPoints({ points }).map(({ size, value: at }) => [xOf(size), yOf(at)] as const);
}

/** Breaks a title between words. */
function wrapped(title: string): readonly string[] {
  const lines: string[] = [];
  for (const word of title.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && longer.length <= titleLength) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
