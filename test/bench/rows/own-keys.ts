import { startChild } from "../child.ts";
import { type Row, ratioFigure } from "../figure.ts";
import { runInRounds, type Slice } from "../measure.ts";

/** A thousand requests to a route whose keys the in-memory provider gives itself, and not a set that was fetched. */
export const ownKeys: Row = {
  name: "own-keys",
  async measure() {
    const sides = ["own", "remote"].map((name) => {
      const script = "test/bench/processes/own-keys.ts";
      const child = startChild({ script, args: [name] });
      return { name, run: () => child.ask<Slice>(), stop: child.stop };
    });
    const slices = await runInRounds(sides, { rounds: 60, warmUps: 6 });
    for (const { stop } of sides) stop();
    return [
      ratioFigure({
        work: "the first thousand requests on the in-memory provider's own keys",
        against: "the same with a remote key set",
        bar: { kind: "at least", value: 0.95 },
        ours: slices("own"),
        theirs: slices("remote"),
        judged: "processorMs",
      }),
    ];
  },
};
