import type { Figure } from "../figure.ts";

/** What a work costs at each of several sizes, and what is judged of it. */
export interface Curve {
  readonly work: string;
  /** What the sizes count, such as "users". */
  readonly sizesOf: string;
  readonly unit: "ms" | "µs" | "bytes" | "share" | "×";
  readonly points: readonly Point[];
  readonly figures: readonly Figure[];
}

/** One place on a curve. */
export interface Point {
  readonly size: number;
  readonly value: number;
  /** The middle half of the rounds that the value is the median of. */
  readonly spread?: readonly [number, number];
}

/** A part of the measurement that can be run by itself, under its name. */
export interface ScaleRow {
  readonly name: string;
  measure(): Promise<readonly Curve[]>;
}

/** Says by how much a work grew from the smallest size to the largest: two where it costs twice as much. */
export function growthFigure({ work, sizesOf, points }: Omit<Curve, "figures">, most = 2): Figure {
  const sorted = points.toSorted((one, other) => one.size - other.size);
  const [first, last] = [sorted.at(0), sorted.at(-1)];
  if (!first || !last || first === last) throw new Error(`${work} was measured at one size only.`);
  const sizes = [last, first].map(({ size }) => `${size.toLocaleString("en")} ${sizesOf}`);
  return {
    work: `${work}, at ${sizes[0]}`,
    against: `the same at ${sizes[1]}`,
    value: last.value / first.value,
    unit: "×",
    bar: { kind: "at most", value: most },
    remark: "",
  };
}
