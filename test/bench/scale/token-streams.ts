/** Which of so many tokens comes next, and the best share of hits that a cache of a bound can have. */
export interface TokenStream {
  next(): number;
  /** The share of a cache that knows beforehand which tokens come most often, and keeps these. */
  ideal(bound: number): number;
}

/** Every token as often as any other. */
export function uniform(tokens: number): TokenStream {
  const random = randomNumbers();
  return {
    next: () => Math.floor(random() * tokens),
    ideal: (bound) => Math.min(1, bound / tokens),
  };
}

/** The second token half as often as the first, the third a third as often (Zipf's law, exponent 1). */
export function zipf(tokens: number): TokenStream {
  const random = randomNumbers();
  let sum = 0;
  const sums = Float64Array.from({ length: tokens }, (_, at) => (sum += 1 / (at + 1)));
  return {
    next: () => firstAbove(sums, random() * sum),
    ideal: (bound) => (sums[bound - 1] ?? sum) / sum,
  };
}

/** Every token once before any comes again. */
export function inTurns(tokens: number): TokenStream {
  let at = -1;
  return {
    next() {
      at = (at + 1) % tokens;
      return at;
    },
    ideal: (bound) => Math.min(1, bound / tokens),
  };
}

function firstAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same numbers from 0 to 1 in each run (mulberry32), so that a share of hits is no matter of luck. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
