/** Something that can run for a short while and tell how much it did. */
export interface Contender {
  readonly name: string;
  run(): Promise<Slice>;
}

/** What a contender did in one round. */
export interface Slice {
  /** How many operations were done. */
  readonly count: number;
  /** How long that took, by the clock, in milliseconds. */
  readonly clockMs: number;
  /** How much processor time the contender used for it, on all its threads, in milliseconds. */
  readonly processorMs: number;
}

/** What operations are counted by: time that passed, or time that processors worked. */
export type Measure = "clockMs" | "processorMs";

/** How two contenders stand to each other, from the rounds of one run. */
export interface Comparison {
  /** The median, over the rounds, of our rate divided by theirs. */
  readonly ratio: number;
  /** The quartiles of the same. */
  readonly spread: readonly [number, number];
  readonly rounds: number;
  /** Medians of operations per second. They say nothing by themselves: another hour or machine gives others. */
  readonly ours: number;
  readonly theirs: number;
}

/** How many rounds to run. */
export interface Rounds {
  readonly rounds: number;
  readonly warmUps: number;
  /** When it is enough, in milliseconds: a busy machine gives fewer rounds, and not a longer run. @default 20000 */
  readonly enoughMs?: number;
}

/** Below this many rounds, quartiles say little. */
const leastRounds = 10;

/**
 * Runs contenders in rounds, A B C A B C …, so that whatever else the machine is doing falls on all of them alike.
 * The first rounds only warm them up and are thrown away.
 */
export async function runInRounds(
  contenders: readonly Contender[],
  { rounds, warmUps, enoughMs = 20_000 }: Rounds,
): Promise<(name: string) => readonly Slice[]> {
  const slices = new Map(contenders.map(({ name }) => [name, [] as Slice[]]));
  const startedAt = performance.now();
  for (let round = -warmUps; round < rounds; round++) {
    if (round >= leastRounds && performance.now() - startedAt > enoughMs) break;
    for (const contender of contenders) {
      const slice = await contender.run();
      if (round >= 0) slices.get(contender.name)?.push(slice);
    }
  }
  return (name) => slices.get(name) ?? [];
}

/** Compares round by round, as two slices of one round had the same machine to themselves. */
export function compare(
  ours: readonly Slice[],
  theirs: readonly Slice[],
  measure: Measure,
): Comparison {
  const rates = ours.map((slice) => rateOf(slice, measure));
  const opposing = theirs.map((slice) => rateOf(slice, measure));
  const ratios = rates.map((rate, round) => rate / (opposing[round] ?? Number.NaN));
  return {
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    rounds: ratios.length,
    ours: quantile(rates, 0.5),
    theirs: quantile(opposing, 0.5),
  };
}

/** Gives the median of operations per second. */
export function medianRate(slices: readonly Slice[], measure: Measure): number {
  return quantile(
    slices.map((slice) => rateOf(slice, measure)),
    0.5,
  );
}

export function rateOf(slice: Slice, measure: Measure): number {
  return slice.count / (slice[measure] / 1000);
}

/** Gives the value below which a part of the values lies, between neighbours in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
