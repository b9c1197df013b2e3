import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../../scripts/native.mjs";
import { buildPackage } from "../built-package.ts";
import { digits, type Figure, type Row } from "../figure.ts";
import type { FirstVerification } from "../first-verification.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";

const run = promisify(execFile);

const ours = "Portico";
const theirs = "aws-jwt-verify";

/** How long the verifier takes to import where nothing is loaded yet, and how long until it has verified a token. */
export const coldImport: Row = {
  name: "import",
  async measure(fixturePath) {
    const { jwt } = await buildPackage();
    const times = new Map<string, FirstVerification[]>([
      [ours, []],
      [theirs, []],
    ]);
    const sides = [
      { name: ours, args: ["test/bench/imports/portico.ts", fixturePath, jwt] },
      { name: theirs, args: ["tools/bench/imports/aws-jwt-verify.ts", fixturePath] },
    ].map(({ name, args }) => ({
      name,
      async run(): Promise<Slice> {
        const { stdout } = await run(process.execPath, args, { cwd: root });
        const time: FirstVerification = JSON.parse(stdout);
        times.get(name)?.push(time);
        return sliceOf(time.importedMs);
      },
    }));
    const warmUps = 3;
    const imports = await runInRounds(sides, { rounds: 60, warmUps, enoughMs: 30_000 });
    const verified = (name: string) =>
      (times.get(name) ?? []).slice(warmUps).map(({ verifiedMs }) => sliceOf(verifiedMs));
    return [
      figureOf("import of the verifier, cold, from the package", imports),
      figureOf("the same, with the first verification", verified),
    ];
  },
};

function sliceOf(clockMs: number): Slice {
  return { count: 1, clockMs, processorMs: Number.NaN };
}

function figureOf(work: string, slices: (name: string) => readonly Slice[]): Figure {
  // Their rate divided by ours is our time divided by theirs.
  const { ratio, spread, rounds, ...rates } = compare(slices(theirs), slices(ours), "clockMs");
  return {
    work,
    against: theirs,
    value: ratio,
    unit: "×",
    bar: { kind: "at most", value: 0.5 },
    rounds: { count: rounds, spread },
    remark: `${digits(1000 / rates.theirs)} ms against ${digits(1000 / rates.ours)} ms`,
  };
}
