import { startChild } from "../child.ts";
import { latencyFigure, type Row } from "../figure.ts";
import { runInRounds, type Slice } from "../measure.ts";

const flooded = "40 connections that try passwords";
const alone = "none";

/** How long a refresh takes while passwords are tried for names that nobody has, each of which costs a hash. */
export const hashFlood: Row = {
  name: "hash-flood",
  async measure() {
    const script = "test/bench/processes/refreshes-in-flood.ts";
    const sides = [
      { name: flooded, guessers: "40" },
      { name: alone, guessers: "0" },
    ].map(({ name, guessers }) => {
      const child = startChild({ script, args: [guessers] });
      return { name, run: () => child.ask<Slice>(), stop: child.stop };
    });
    const slices = await runInRounds(sides, { rounds: 20, warmUps: 2 });
    for (const side of sides) side.stop();
    return [
      latencyFigure({
        work: "refresh under a flood of passwords to hash, 99th percentile",
        against: "the same without the flood",
        bar: { kind: "at most", value: 3 },
        ours: slices(flooded),
        theirs: slices(alone),
        remark: flooded,
      }),
    ];
  },
};
