import { type Child, startChild } from "../child.ts";
import type { FilledAnswer } from "../filled.ts";
import { runInRounds, type Slice } from "../measure.ts";
import { type Curve, growthFigure } from "./curve.ts";
import { pointOf, roundsFor } from "./points.ts";

/** The subject of a row: something that holds users in memory, and its calls. */
export interface CallGrowth {
  readonly subject: string;
  /** The process that holds them. */
  readonly script: string;
  /** Most bytes that a user may take on the heap. */
  readonly mostUserBytes: number;
}

const sizes = [1_000, 10_000, 100_000];
const rounds = { rounds: 25, warmUps: 8, enoughMs: 60_000 };

/** Tells how each call grows with the users that there are, and what a user takes on the heap. */
export async function measureCallGrowth(
  { subject, script, mostUserBytes }: CallGrowth,
  part: number,
): Promise<readonly Curve[]> {
  const filled: (FilledAnswer & { readonly size: number; readonly child: Child })[] = [];
  for (const whole of sizes) {
    const size = whole * part;
    const child = startChild({ script, args: [], flags: ["--expose-gc"] });
    filled.push({ size, child, ...(await child.ask<FilledAnswer>(size)) });
  }
  const works = filled[0]?.works ?? [];
  const contenders = works.flatMap((work) =>
    filled.map(({ size, child }) => ({
      name: `${work} ${size}`,
      run: () => child.ask<Slice>(work),
    })),
  );
  const slices = await runInRounds(contenders, roundsFor(part, rounds));
  for (const { child } of filled) child.stop();
  const calls = works.map((work): Curve => {
    const points = filled.map(({ size }) =>
      pointOf(size, slices(`${work} ${size}`), "processorMs"),
    );
    const curve = { work: `${subject}: ${work}`, sizesOf: "users", unit: "ms", points } as const;
    return { ...curve, figures: [growthFigure(curve)] };
  });
  const bytes = filled.map(({ size, userBytes: value }) => ({ size, value }));
  return [...calls, heapCurve(subject, bytes, mostUserBytes)];
}

function heapCurve(subject: string, points: Curve["points"], most: number): Curve {
  const { size = 0, value = Number.NaN } = points.at(-1) ?? {};
  const users = `${size.toLocaleString("en")} users`;
  const figure = {
    work: `${subject}: heap of ${users}, signed up and confirmed`,
    against: `${most.toLocaleString("en")} bytes a user`,
    value: (value * size) / 1e6,
    unit: "MB",
    bar: { kind: "at most", value: (most * size) / 1e6 },
    remark: `${Math.round(value).toLocaleString("en")} bytes a user`,
  } as const;
  const work = `${subject}: heap a user`;
  return { work, sizesOf: "users", unit: "bytes", points, figures: [figure] };
}
