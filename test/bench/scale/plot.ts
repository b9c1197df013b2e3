import { isMet } from "../figure.ts";
import { bar, value } from "../report.ts";
import { line, type Place, picture, polygon, polyline, text } from "../svg.ts";
import { amount, type Curve, type CurveFigure, type Point, sortedPoints } from "./curve.ts";
import { type Frame, frameOf, tickText } from "./frame.ts";

const columns = 4;
const panelWidth = 262;
const plotHeight = 104;
const titleLength = 32;
const lineHeight = 16;

/** How far apart the sizes below a plot have to be so that both can be read. */
const leastGap = 30;

/** Curves of one subject, which stands before the colon in their names. */
interface Section {
  readonly subject: string;
  readonly curves: readonly Curve[];
}

/** Draws each curve in a panel of its own, on logarithmic axes, with its bars, and what is about one subject together. */
export function drawCurves(curves: readonly Curve[]): string {
  const sections = Map.groupBy(curves, ({ work }) => subjectOf(work));
  const parts: string[] = [];
  let top = 0;
  // Curves without a subject have no heading, and so come before the first.
  const sorted = [...sections].toSorted(
    ([one], [other]) => Number(one !== "") - Number(other !== ""),
  );
  for (const [subject, alike] of sorted) {
    const { drawn, height } = drawSection({ subject, curves: alike }, top);
    parts.push(...drawn);
    top += height;
  }
  const title = "What work costs as what there is grows, and the bars";
  const legend =
    "dots: medians, and the middle half of the rounds; dashed: the bar, and grey what is beyond it; what misses its bar has " +
    "another colour";
  parts.push(text(16, top + 24, legend, "small"));
  return picture({ title, width: columns * panelWidth, height: top + 44 }, parts);
}

function drawSection({ subject, curves }: Section, y: number) {
  const heads = curves.map(headOf);
  const headHeight = 20 + Math.max(...heads.map((head) => head.length)) * lineHeight;
  const panelHeight = headHeight + plotHeight + 40;
  const first = y + (subject === "" ? 0 : 36);
  const panels = curves.flatMap((curve, index) => {
    const left = (index % columns) * panelWidth;
    const top = first + Math.floor(index / columns) * panelHeight;
    const head = heads[index] ?? [];
    return [
      ...head.map(({ content, kind }, row) =>
        text(left + 16, top + 20 + row * lineHeight, content, kind),
      ),
      ...drawPlot(curve, [left, top + headHeight]),
    ];
  });
  const right = columns * panelWidth - 16;
  const heading = [text(16, y + 26, subject, "heading"), line(16, y + 36, right, y + 36, "grid")];
  return {
    drawn: subject === "" ? panels : [...heading, ...panels],
    height: first - y + Math.ceil(curves.length / columns) * panelHeight + 12,
  };
}

/** The title and the verdicts above a curve. */
function headOf({ work, figures }: Curve) {
  const subject = subjectOf(work);
  const verdicts = figures.map(
    (figure) => `${value(figure)} (${bar(figure)}) ${without(subject, figure.against)}`,
  );
  return [
    ...wrapped(without(subject, work)).map((content) => ({ content, kind: "title" })),
    ...verdicts.map((content) => ({ content, kind: "small" })),
  ];
}

function subjectOf(work: string): string {
  return work.includes(": ") ? (work.split(": ")[0] ?? "") : "";
}

function without(subject: string, name: string): string {
  return name.startsWith(`${subject}: `) ? name.slice(subject.length + 2) : name;
}

function drawPlot(curve: Curve, [left, top]: Place): readonly string[] {
  const frame = frameOf(curve, {
    left: left + 66,
    right: left + panelWidth - 62,
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
