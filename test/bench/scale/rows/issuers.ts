import { startChild } from "../../child.ts";
import type { Figure } from "../../figure.ts";
import { quantile, rateOf, runInRounds } from "../../measure.ts";
import type { IssuerSlice } from "../../processes/issuer-rounds.ts";
import { type Curve, growthFigure, type ScaleRow } from "../curve.ts";
import { roundsFor } from "../points.ts";

const wholeSizes = [1_000, 10_000] as const;

const works = {
  anew: "verify a token of each issuer that a function finds",
  kept: "find a kept token of each issuer that a function finds",
} as const;

/** The cost of a token by the number of issuers, where these are found by a function. */
export const issuers: ScaleRow = {
  name: "issuers",
  async measure(part) {
    return [await curveOf("anew", part), await curveOf("kept", part)];
  },
};

async function curveOf(how: keyof typeof works, part: number): Promise<Curve> {
  const sizes = wholeSizes.map((size) => size * part);
  const script = "test/bench/processes/issuer-rounds.ts";
  const latest = new Map<number, IssuerSlice>();
  const sides = sizes.map((size) => {
    const child = startChild({ script, args: [String(size), how], flags: ["--expose-gc"] });
    const run = async () => {
      const slice = await child.ask<IssuerSlice>();
      latest.set(size, slice);
      return slice;
    };
    return { name: String(size), run, stop: child.stop };
  });
  const slices = await runInRounds(sides, roundsFor(part, { rounds: 20, warmUps: 3 }));
  for (const side of sides) side.stop();
  const points = sizes.map((size) => {
    const costs = slices(String(size)).map((slice) => 1e6 / rateOf(slice, "processorMs"));
    const spread = [quantile(costs, 0.25), quantile(costs, 0.75)] as const;
    return { size, value: quantile(costs, 0.5), spread };
  });
  const curve = { work: works[how], sizesOf: "issuers", unit: "µs", points } as const;
  return { ...curve, figures: [growthFigure(curve), fetchesOf(how, [...latest.values()])] };
}

/** The keys of an issuer are fetched once, however many others there are. */
function fetchesOf(how: keyof typeof works, slices: readonly IssuerSlice[]): Figure {
  const mebibytes = slices.map(({ bytes }) => (bytes / 2 ** 20).toFixed(1));
  return {
    work: `${works[how]}: fetches of their keys`,
    against: "—",
    value: Math.max(...slices.map(({ fetches }) => fetches)),
    unit: "",
    bar: { kind: "at most", value: 0 },
    remark: `${mebibytes.join(" and ")} MiB in use for issuers, keys and kept tokens`,
  };
}
