import { compare, type Measure, type Slice } from "./measure.ts";

/** One line of the table. */
export interface Figure {
  readonly work: string;
  readonly against: string;
  readonly value: number;
  readonly unit: "×" | "MiB" | "s" | "";
  readonly bar: Bar;
  /** What the value is the median of. */
  readonly rounds?: { readonly count: number; readonly spread: readonly [number, number] };
  /** Absolute numbers and circumstances, for information only. */
  readonly remark: string;
}

/** What a figure has to reach. */
export interface Bar {
  readonly kind: "at least" | "at most" | "more than";
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

export function isMet({ value, bar }: Figure): boolean {
  if (bar.kind === "at most") return value <= bar.value;
  return bar.kind === "more than" ? value > bar.value : value >= bar.value;
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.min(decimals, 4));
}

function perSecond(rate: number): string {
  return rate >= 1e6 ? `${digits(rate / 1e6)} M/s` : `${digits(rate / 1e3)} k/s`;
}
