import { type Runtime, startChild } from "../child.ts";
import { type Bar, type Figure, type Row, ratioFigure } from "../figure.ts";
import { type Measure, runInRounds, type Slice } from "../measure.ts";

const portico = "test/bench/verifiers/portico.ts";
const webcrypto = "test/bench/verifiers/webcrypto.ts";
const fastJwt = "tools/bench/verifiers/fast-jwt.ts";
const awsJwtVerify = "tools/bench/verifiers/aws-jwt-verify.ts";

/** What one comparison of verifiers is. */
interface Duel {
  readonly how: "seen" | "sequential" | "concurrent";
  readonly work: string;
  readonly against: string;
  readonly opponent: string;
  readonly bar: Bar;
  readonly runtime?: Runtime;
  readonly judged: Measure;
  readonly rounds: number;
}

/** Tokens seen before, each time a string of its own, as from a header. */
export const seen: Row = {
  name: "seen",
  measure: async (fixturePath) => [
    await fight(fixturePath, {
      how: "seen",
      work: "verify, seen token, a fresh string each time",
      against: "fast-jwt with cache",
      opponent: fastJwt,
      bar: { kind: "at least", value: 4 },
      judged: "processorMs",
      rounds: 40,
    }),
  ],
};

/** Tokens never seen before, many under way: what is not the signature itself has to be little. */
export const concurrent: Row = {
  name: "concurrent",
  measure: async (fixturePath) => [
    await fight(fixturePath, {
      how: "concurrent",
      work: "verify, never-seen tokens, 64 at a time",
      against: "raw WebCrypto verify of the same",
      opponent: webcrypto,
      bar: { kind: "at least", value: 0.85 },
      judged: "processorMs",
      rounds: 40,
    }),
  ],
};

/** Tokens never seen before, each awaited before the next, on each runtime that both run on. */
export const sequential: Row = {
  name: "sequential",
  async measure(fixturePath) {
    const figures: Figure[] = [];
    for (const [runtime, title] of [
      ["node", "Node"],
      ["deno", "Deno"],
      ["bun", "Bun"],
    ] as const) {
      const duel = await fight(fixturePath, {
        how: "sequential",
        work: `verify, never-seen, one at a time, on ${title}`,
        against: "aws-jwt-verify",
        opponent: awsJwtVerify,
        bar: { kind: "at least", value: 0.9 },
        runtime,
        // Waiting for another thread is a part of it.
        judged: "clockMs",
        rounds: 30,
      });
      figures.push(duel);
    }
    return figures;
  },
};

/** Lets ours and the opponent take turns, each in a process of its own. */
async function fight(fixturePath: string, duel: Duel): Promise<Figure> {
  const { how, opponent, rounds, runtime = "node" } = duel;
  const script = "test/bench/processes/verify-rounds.ts";
  const sides = [portico, opponent].map((verifier) => {
    const child = startChild({ script, args: [verifier, how, fixturePath], runtime });
    return { name: verifier, run: () => child.ask<Slice>(), stop: child.stop };
  });
  const slices = await runInRounds(sides, { rounds, warmUps: 5 });
  for (const side of sides) side.stop();
  return ratioFigure({ ...duel, ours: slices(portico), theirs: slices(opponent) });
}
