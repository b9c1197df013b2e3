/** Something that can run for a short while and tell how much it did. */
export interface Contender {
  readonly name: string;
  /** Runs once more, and gives the operations per second. */
  run(): Promise<number>;
}

/** How two contenders stand to each other, from the rounds of one run. */
export interface Comparison {
  /** The median, over the rounds, of our figure divided by theirs. */
  readonly ratio: number;
  /** The quartiles of the same. */
  readonly spread: readonly [number, number];
  readonly rounds: number;
  /** Medians of operations per second. They say nothing by themselves: another hour or machine gives others. */
  readonly ours: number;
  readonly theirs: number;
}

/**
 * Runs contenders in rounds, A B C A B C …, so that whatever else the machine is doing falls on all of them alike.
 * The first rounds only warm them up and are thrown away.
 */
export async function runInRounds(
  contenders: readonly Contender[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<(name: string) => readonly number[]> {
  const samples = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const contender of contenders) {
      const rate = await contender.run();
      if (round >= 0) samples.get(contender.name)?.push(rate);
    }
  }
  return (name) => samples.get(name) ?? [];
}

/** Compares round by round, as two figures of one round had the same machine to themselves. */
export function compare(ours: readonly number[], theirs: readonly number[]): Comparison {
  const ratios = ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN));
  return {
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    rounds: ratios.length,
    ours: quantile(ours, 0.5),
    theirs: quantile(theirs, 0.5),
  };
}

/** Gives the value below which a part of the values lies, between neighbours in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
