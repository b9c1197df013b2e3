import { digits, type Figure } from "../figure.ts";

/** The cost of a work at each of several sizes, and the figures that are judged. */
export interface Curve {
  /** The name of the work, such as "Better Auth: get a user". Curves of the same subject, before the colon, are drawn together. */
  readonly work: string;
  /** The things that sizes count, such as "users". */
  readonly sizesOf: string;
  readonly unit: "ms" | "µs" | "bytes" | "share" | "×";
  readonly points: readonly Point[];
  readonly figures: readonly CurveFigure[];
}

/** One place on a curve. */
export interface Point {
  readonly size: number;
  readonly value: number;
  /** The middle half of the rounds that the value is the median of. */
  readonly spread?: readonly [number, number];
}

/** A figure that says of a curve whether it is as it must be. */
export interface CurveFigure extends Figure {
  /** The curve that would just meet the bar, to be drawn beside the one that was measured. */
  readonly limit?: readonly Point[];
}

/** A part of the measurement that can be run by itself, under its name. */
export interface ScaleRow {
  readonly name: string;
  /**
   * Measures at sizes that are this part of the whole: 1 where figures count, and a hundredth where only the row itself
   * is tried.
   */
  measure(part: number): Promise<readonly Curve[]>;
}

type Measured = Omit<Curve, "figures">;

/** Says by how much a work grew from the smallest size to the largest: two where it costs twice as much. */
export function growthFigure(curve: Measured, most = 2): CurveFigure {
  const { sizesOf } = curve;
  const [first, last] = endsOf(curve);
  return {
    work: `${curve.work}, at ${count(last, sizesOf)}`,
    against: `the same at ${count(first, sizesOf)}`,
    value: last.value / first.value,
    unit: "×",
    bar: { kind: "at most", value: most },
    remark: `${amount(first.value, curve.unit)} to ${amount(last.value, curve.unit)}`,
    limit: [first, { size: last.size, value: first.value * most }],
  };
}

/** Says by which power of the size a work grew over all sizes: 0 where it costs the same, 1 where it costs in proportion. */
export function exponentFigure(curve: Measured, most: number): CurveFigure {
  const { sizesOf } = curve;
  const [first, last] = endsOf(curve);
  return {
    work: `${curve.work}, ${count(first, sizesOf)} to ${last.size.toLocaleString("en")}`,
    against: "growth exponent",
    value: growthExponent(curve.points),
    unit: "",
    bar: { kind: "at most", value: most },
    remark: `${amount(first.value, curve.unit)} to ${amount(last.value, curve.unit)}`,
    limit: [first, { size: last.size, value: first.value * (last.size / first.size) ** most }],
  };
}

/** Says how many times as much as another work one costs, at the size where that is most. */
export function ratioToFigure(curve: Measured, other: Measured, most = 2): CurveFigure {
  const ratios = curve.points.map(({ size, value }) => {
    const there = other.points.find((point) => point.size === size);
    if (!there) throw new Error(`${other.work} was not measured at ${size}.`);
    return { size, value: value / there.value };
  });
  const worst = ratios.reduce((one, next) => (next.value > one.value ? next : one));
  return {
    work: `${curve.work}, at any number of ${curve.sizesOf}`,
    against: other.work,
    value: worst.value,
    unit: "×",
    bar: { kind: "at most", value: most },
    remark: `the most, at ${count(worst, curve.sizesOf)}`,
    limit: other.points.map(({ size, value }) => ({ size, value: value * most })),
  };
}

/** Fits a power of the size to the points, by least squares of the logarithms, and gives its exponent. */
export function growthExponent(points: readonly Point[]): number {
  const logs = points.map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value) }));
  const middle = { x: mean(logs.map(({ x }) => x)), y: mean(logs.map(({ y }) => y)) };
  const slope = logs.reduce((sum, { x, y }) => sum + (x - middle.x) * (y - middle.y), 0);
  return slope / logs.reduce((sum, { x }) => sum + (x - middle.x) ** 2, 0);
}

/** Writes what was measured, with its unit. */
export function amount(value: number, unit: Curve["unit"], write = digits): string {
  if (unit === "share") return write(value);
  const [smallest, ...larger] = units[unit];
  const [one, name] = larger.findLast(([least]) => value >= least) ?? smallest;
  return `${write(value / one)} ${name}`;
}

type Unit = readonly [one: number, name: string];

/** The names that amounts are written with, by how much of the unit each is, the smallest first. */
const units: Readonly<Record<Exclude<Curve["unit"], "share">, readonly [Unit, ...Unit[]]>> = {
  ms: [
    [1e-3, "µs"],
    [1, "ms"],
    [1e3, "s"],
  ],
  µs: [
    [1, "µs"],
    [1e3, "ms"],
    [1e6, "s"],
  ],
  bytes: [
    [1, "B"],
    [1e3, "kB"],
    [1e6, "MB"],
  ],
  "×": [[1, "×"]],
};

/** Gives the points from the smallest size to the largest. */
export function sortedPoints({ points }: Pick<Curve, "points">): readonly Point[] {
  return points.toSorted((one, other) => one.size - other.size);
}

function endsOf(curve: Measured): readonly [Point, Point] {
  const points = sortedPoints(curve);
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || first.size === last.size)
    throw new Error(`${curve.work} was measured at one size only.`);
  return [first, last];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function count({ size }: Point, of: string): string {
  return `${size.toLocaleString("en")} ${of}`;
}
