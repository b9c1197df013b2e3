import { startChild } from "../child.ts";
import { type Row, ratioFigure } from "../figure.ts";
import { readFixture } from "../fixture.ts";
import { hostileTokens } from "../hostile-tokens.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";

const valid = "a valid token";

/** How many tokens of a megabyte are refused while a valid one that was never seen is verified; the worst kind counts. */
export const hostile: Row = {
  name: "hostile",
  async measure(fixturePath) {
    const shapes = Object.keys(hostileTokens(await readFixture(fixturePath)));
    const verifyArgs = ["test/bench/verifiers/portico.ts", "sequential", fixturePath];
    const sides = [
      side(valid, "test/bench/processes/verify-rounds.ts", verifyArgs),
      ...shapes.map((shape) =>
        side(shape, "test/bench/processes/refusals.ts", [shape, fixturePath]),
      ),
    ];
    const slices = await runInRounds(sides, { rounds: 15, warmUps: 3 });
    for (const { stop } of sides) stop();
    const ratio = (shape: string) => compare(slices(shape), slices(valid), "processorMs").ratio;
    const worst = shapes.reduce((a, b) => (ratio(a) < ratio(b) ? a : b));
    return [
      ratioFigure({
        work: "refuse a hostile token of 1 MB",
        against: "verify a valid one, never seen",
        bar: { kind: "more than", value: 1 },
        ours: slices(worst),
        theirs: slices(valid),
        judged: "processorMs",
        remark: `${shapes.length} kinds, the worst is ${worst}`,
      }),
    ];
  },
};

function side(name: string, script: string, args: readonly string[]) {
  // Collected are a megabyte each, for which the verifier is not to blame.
  const child = startChild({ script, args, flags: ["--expose-gc"] });
  return { name, run: () => child.ask<Slice>(), stop: child.stop };
}
