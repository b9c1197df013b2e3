import { bar, value } from "../report.ts";
import { line, picture, text } from "../svg.ts";
import type { Curve } from "./curve.ts";
import { drawPanel } from "./panel.ts";

const columns = 4;
const panelWidth = 262;
const plotHeight = 104;
const titleLength = 32;
const lineHeight = 16;

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
      ...drawPanel(curve, [left, top + headHeight], { width: panelWidth, height: plotHeight }),
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
