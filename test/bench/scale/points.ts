import { type Measure, quantile, type Rounds, rateOf, type Slice } from "../measure.ts";
import type { Point } from "./curve.ts";

/** Makes a point of what one operation took in each round, in milliseconds. */
export function pointOf(size: number, slices: readonly Slice[], measure: Measure): Point {
  const times = slices.map((slice) => 1000 / rateOf(slice, measure));
  return {
    size,
    value: quantile(times, 0.5),
    spread: [quantile(times, 0.25), quantile(times, 0.75)],
  };
}

/** Gives the rounds to measure in: one and no more where a row is only tried, at a part of its sizes. */
export function roundsFor(part: number, whole: Rounds): Rounds {
  return part < 1 ? { rounds: 1, warmUps: 0 } : whole;
}
