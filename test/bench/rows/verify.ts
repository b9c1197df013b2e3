import { type Runtime, startChild } from "../child.ts";
import { digits, type Figure, type Row, ratioFigure } from "../figure.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";

const portico = "test/bench/verifiers/portico.ts";
const webcrypto = "test/bench/verifiers/webcrypto.ts";
const preparedWebcrypto = "test/bench/verifiers/webcrypto-prepared.ts";
const fastJwt = "tools/bench/verifiers/fast-jwt.ts";
const awsJwtVerify = "tools/bench/verifiers/aws-jwt-verify.ts";

/** How verifiers are set to work. */
interface Duel {
  readonly how: "seen" | "sequential" | "concurrent";
  readonly fixturePath: string;
  readonly rounds: number;
  readonly runtime?: Runtime;
}

/** Tokens seen before, each time a string of its own, as from a header. */
export const seen: Row = {
  name: "seen",
  async measure(fixturePath) {
    const slices = await takeTurns([portico, fastJwt], { how: "seen", fixturePath, rounds: 40 });
    return [
      ratioFigure({
        work: "verify, seen token, a fresh string each time",
        against: "fast-jwt with cache",
        bar: { kind: "at least", value: 4 },
        ours: slices(portico),
        theirs: slices(fastJwt),
        judged: "processorMs",
      }),
    ];
  },
};

/** Tokens never seen before, many under way: what is not the signature itself has to be little. */
export const concurrent: Row = {
  name: "concurrent",
  async measure(fixturePath) {
    const contenders = [portico, webcrypto, preparedWebcrypto];
    const slices = await takeTurns(contenders, { how: "concurrent", fixturePath, rounds: 40 });
    const prepared = compare(slices(portico), slices(preparedWebcrypto), "processorMs");
    return [
      ratioFigure({
        work: "verify, never-seen tokens, 64 at a time",
        against: "raw WebCrypto verify of the same",
        bar: { kind: "at least", value: 0.85 },
        ours: slices(portico),
        theirs: slices(webcrypto),
        judged: "processorMs",
        remark: `${digits(prepared.ratio)} × of it with the tokens taken apart beforehand`,
      }),
    ];
  },
};

/** Tokens never seen before, each awaited before the next, on each runtime that both run on. */
export const sequential: Row = {
  name: "sequential",
  async measure(fixturePath) {
    const titles = { node: "Node", deno: "Deno", bun: "Bun" } as const;
    const figures: Figure[] = [];
    for (const runtime of ["node", "deno", "bun"] as const) {
      const duel = { how: "sequential", fixturePath, rounds: 30, runtime } as const;
      const slices = await takeTurns([portico, awsJwtVerify, preparedWebcrypto], duel);
      const raw = compare(slices(preparedWebcrypto), slices(awsJwtVerify), "clockMs");
      const figure = ratioFigure({
        work: `verify, never-seen, one at a time, on ${titles[runtime]}`,
        against: "aws-jwt-verify",
        bar: { kind: "at least", value: 0.9 },
        ours: slices(portico),
        theirs: slices(awsJwtVerify),
        // Waiting for another thread is a part of it, as WebCrypto alone shows, which checks signatures on one.
        judged: "clockMs",
        remark: `WebCrypto alone, with the tokens taken apart beforehand: ${digits(raw.ratio)} ×`,
      });
      figures.push(figure);
    }
    return figures;
  },
};

/** Runs verifiers in rounds, each in a process of its own. */
async function takeTurns(verifiers: readonly string[], duel: Duel) {
  const { how, fixturePath, rounds, runtime = "node" } = duel;
  const script = "test/bench/processes/verify-rounds.ts";
  const sides = verifiers.map((verifier) => {
    const child = startChild({ script, args: [verifier, how, fixturePath], runtime });
    return { name: verifier, run: () => child.ask<Slice>(), stop: child.stop };
  });
  const slices = await runInRounds(sides, { rounds, warmUps: 5 });
  for (const side of sides) side.stop();
  return slices;
}
