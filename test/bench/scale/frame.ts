import { amount, type Curve } from "./curve.ts";

/** The part of a picture that a curve is drawn in, in its units. */
interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Two logarithmic axes. */
export interface Frame extends Edges {
  readonly ticks: readonly number[];
  xOf(size: number): number;
  yOf(value: number): number;
}

/** Space that is kept below the lowest value, for what is written there, and above the highest. */
const padding = { below: 24, above: 8 };

/** The ticks in each power of ten, by how many of those an axis shows more than. */
const tickFactors = [
  [2.2, [1]],
  [0.9, [1, 3]],
  [0, [1, 2, 5]],
] as const;

/** Axes show at least this many powers of ten, so that noise does not look like growth. */
const leastDecades: Readonly<Record<Curve["unit"], number>> = {
  ms: 1.2,
  µs: 1.2,
  bytes: 1.2,
  "×": 1.2,
  share: 0.4,
};

/** Lays axes around a curve and its bars. */
export function frameOf(curve: Curve, edges: Edges): Frame {
  const { left, right, top, bottom } = edges;
  const [lowest, highest] = rangeOf(curve);
  const decades = Math.max(leastDecades[curve.unit], highest - lowest);
  const scale = (bottom - top - padding.below - padding.above) / decades;
  const floor = (lowest + highest - decades) / 2 - padding.below / scale;
  const sizes = curve.points.map(({ size }) => Math.log10(size));
  const [smallest, width] = [Math.min(...sizes), Math.max(...sizes) - Math.min(...sizes)];
  return {
    ...edges,
    ticks: ticksBetween(floor, floor + (bottom - top) / scale),
    xOf(size) {
      const part = width === 0 ? 0.5 : (Math.log10(size) - smallest) / width;
      return rounded(left + part * (right - left));
    },
    yOf: (value) => rounded(bottom - (Math.log10(value) - floor) * scale),
  };
}

/** Writes what a tick stands for, without digits that say nothing. */
export function tickText(tick: number, unit: Curve["unit"]): string {
  return amount(tick, unit, (value) => String(Number(value.toPrecision(1))));
}

function rangeOf({ points, figures }: Curve): readonly [number, number] {
  const limits = figures.flatMap(({ limit = [] }) => limit);
  const values = [...points, ...limits].map(({ value }) => Math.log10(value));
  return [Math.min(...values), Math.max(...values)];
}

/** Powers of ten, and what is between them where there is room. */
function ticksBetween(floor: number, ceiling: number): readonly number[] {
  const [, factors] = tickFactors.find(([least]) => ceiling - floor > least) ?? [0, [1]];
  const powers = Array.from(
    { length: Math.ceil(ceiling) - Math.floor(floor) + 1 },
    (_, index) => Math.floor(floor) + index,
  );
  return powers
    .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
    .filter((tick) => Math.log10(tick) >= floor && Math.log10(tick) <= ceiling);
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
