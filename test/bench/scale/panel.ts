import { isMet } from "../figure.ts";
import { line, type Place, polygon, polyline, text } from "../svg.ts";
import { amount, type Curve, type CurveFigure, type Point, sortedPoints } from "./curve.ts";
import { type Frame, frameOf, tickText } from "./frame.ts";

/** How far apart the sizes below a plot have to be so that both can be read. */
const leastGap = 30;

interface PanelSize {
  readonly width: number;
  /** Of the plot, without the sizes below it. */
  readonly height: number;
}

/** Draws a curve with its axes and bars, with room for what is written on both sides. */
export function drawPanel(
  curve: Curve,
  [left, top]: Place,
  { width, height }: PanelSize,
): readonly string[] {
  const frame = frameOf(curve, {
    left: left + 66,
    right: left + width - 68,
    top,
    bottom: top + height,
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
      return size === sizes.at(-1)
        ? text(frame.xOf(size) - 13, bottom + 16, `${written} ${sizesOf}`, "small")
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
  const edge = isFloor(kind) ? frame.bottom : frame.top;
  return [
    polygon([...places, [last[0], edge], [first[0], edge]], "beyond"),
    polyline(places, "limit"),
  ];
}

function drawCurve(curve: Curve, frame: Frame): readonly string[] {
  const kind = curve.figures.every(isMet) ? "met" : "missed";
  const points = sortedPoints(curve);
  const [first, last] = [points.at(0), points.at(-1)];
  const written = ({ value: measured }: Point) => amount(measured, curve.unit);
  // On the side of the curve where its bar is not.
  const aside = curve.figures.some((figure) => isFloor(figure.bar.kind)) ? -9 : 18;
  return [
    ...points.flatMap(({ size, spread }) => {
      if (!spread) return [];
      const x = frame.xOf(size);
      return [line(x, frame.yOf(spread[0]), x, frame.yOf(spread[1]), `quartiles ${kind}`)];
    }),
    polyline(placesOf(points, frame), `curve ${kind}`),
    ...placesOf(points, frame).map(
      ([x, y]) => `<circle class="${kind}" cx="${x}" cy="${y}" r="3"/>`,
    ),
    ...(first && first !== last
      ? [text(frame.xOf(first.size) - 4, frame.yOf(first.value) + aside, written(first))]
      : []),
    ...(last ? [text(frame.xOf(last.size) + 9, frame.yOf(last.value) + 4, written(last))] : []),
  ];
}

function isFloor(kind: CurveFigure["bar"]["kind"]): boolean {
  return kind === "at least" || kind === "more than";
}

function placesOf(points: readonly Point[], { xOf, yOf }: Frame): readonly Place[] {
  return sortedPoints({ points }).map(({ size, value: at }) => [xOf(size), yOf(at)] as const);
}
