import { compare, type Measure, quantile, rateOf, type Slice } from "./measure.ts";

/** One line of the table. */
export interface Figure {
  readonly work: string;
  readonly against: string;
  readonly value: number;
  readonly unit: "×" | "µs" | "MiB" | "MB" | "s" | "/s" | "";
  readonly bar: Bar;
  /** What the value is the median of. */
  readonly rounds?: { readonly count: number; readonly spread: readonly [number, number] };
  /** Absolute numbers and circumstances, for information only. */
  readonly remark: string;
}

/** What a figure has to reach. */
export interface Bar {
  readonly kind: "at least" | "at most" | "more than" | "less than";
  readonly value: number;
}

/** A part of the benchmark that can be run by itself, under its name. */
export interface Row {
  readonly name: string;
  measure(fixturePath: string): Promise<readonly Figure[]>;
}

/** Makes a figure of how many times as many operations a second ours does as the opponent. */
export function ratioFigure(options: {
  readonly work: string;
  readonly against: string;
  readonly bar: Bar;
  readonly ours: readonly Slice[];
  readonly theirs: readonly Slice[];
  /** What is judged. The other one is shown. */
  readonly judged: Measure;
  readonly remark?: string;
}): Figure {
  const { work, against, bar, ours, theirs, judged, remark } = options;
  const { ratio, spread, rounds, ...rates } = compare(ours, theirs, judged);
  const other = compare(ours, theirs, judged === "clockMs" ? "processorMs" : "clockMs");
  const remarks = [
    `${perSecond(rates.ours)} against ${perSecond(rates.theirs)}`,
    `${digits(other.ratio)} × by ${judged === "clockMs" ? "processor time" : "the clock"}`,
    remark ?? [],
  ];
  return {
    work,
    against,
    value: ratio,
    unit: "×",
    bar,
    rounds: { count: rounds, spread },
    remark: remarks.flat().join("; "),
  };
}

/** Makes a figure of how many times as long, by the clock, an operation takes with ours as with the opponent. */
export function latencyFigure(options: {
  readonly work: string;
  readonly against: string;
  readonly bar: Bar;
  readonly ours: readonly Slice[];
  readonly theirs: readonly Slice[];
  readonly remark: string;
}): Figure {
  const { work, against, bar, ours, theirs, remark } = options;
  // Their rate divided by ours is our time divided by theirs.
  const { ratio, spread, rounds, ...rates } = compare(theirs, ours, "clockMs");
  const remarks = [
    `${digits(1000 / rates.theirs)} ms against ${digits(1000 / rates.ours)} ms`,
    `${digits(compare(theirs, ours, "processorMs").ratio)} × by processor time`,
    remark,
  ];
  return {
    work,
    against,
    value: ratio,
    unit: "×",
    bar,
    rounds: { count: rounds, spread },
    remark: remarks.join("; "),
  };
}

/** Makes a figure of how many operations are done in a second, by the clock. */
export function rateFigure(options: {
  readonly work: string;
  readonly against: string;
  readonly bar: Bar;
  readonly slices: readonly Slice[];
  readonly remark: string;
}): Figure {
  const { work, against, bar, slices, remark } = options;
  const rates = slices.map((slice) => rateOf(slice, "clockMs"));
  return {
    work,
    against,
    value: quantile(rates, 0.5),
    unit: "/s",
    bar,
    rounds: { count: rates.length, spread: [quantile(rates, 0.25), quantile(rates, 0.75)] },
    remark,
  };
}

export function isMet({ value, bar }: Figure): boolean {
  switch (bar.kind) {
    case "at least":
      return value >= bar.value;
    case "more than":
      return value > bar.value;
    case "at most":
      return value <= bar.value;
    case "less than":
      return value < bar.value;
  }
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.min(decimals, 4));
}

/** Writes operations per second. */
export function perSecond(rate: number): string {
  return rate >= 1e6 ? `${digits(rate / 1e6)} M/s` : `${digits(rate / 1e3)} k/s`;
}
