import { type Labels, type MetricFamily, type Sample, writeExposition } from "./exposition.ts";

/** A metric's name, as Prometheus has it, and what it counts. */
export interface MetricName {
  readonly name: string;
  readonly help: string;
}

/** Takes a value, for some labels: by their values, in the order in which their names were given. */
export type Take = (value: number, ...labels: readonly string[]) => void;

/** Metrics, and the page that they are on. */
export interface MetricsRegistry {
  /** Makes a sum that only grows. */
  counter(about: MetricName, labels?: readonly string[]): Take;
  /** Makes a count of values by how large they are, up to each of the bounds. */
  histogram(about: MetricName, bounds: readonly number[], labels?: readonly string[]): Take;
  /** Reads lines when the page is written: none where there is nothing to tell. */
  gauge(about: MetricName, read: () => readonly Sample[] | number | undefined): void;
  /** As {@link MetricsRegistry.gauge}, of something that only grows and is counted elsewhere. */
  readCounter(about: MetricName, read: () => number | undefined): void;
  write(): string;
}

/** Makes a page with no metric on it. */
export function createMetricsPage(): MetricsRegistry {
  const families: (() => MetricFamily)[] = [];
  const reading = (type: "gauge" | "counter") => (about: MetricName, read: Read) => {
    families.push(() => ({ ...about, type, samples: samplesOf(read()) }));
  };
  return {
    counter(about, labels = []) {
      const sums = createSeries(labels, () => ({ sum: 0 }));
      // Without labels there is one line from the start, so that a rate is known from the first count on.
      if (labels.length === 0) sums.of([]);
      families.push(() => ({
        ...about,
        type: "counter",
        samples: sums.all().map(([labels, { sum }]) => ({ labels, value: sum })),
      }));
      return (value, ...values) => {
        sums.of(values).sum += value;
      };
    },
    histogram(about, bounds, labels = []) {
      const series = createSeries(labels, () => ({
        counts: bounds.map(() => 0),
        count: 0,
        sum: 0,
      }));
      families.push(() => ({
        ...about,
        type: "histogram",
        samples: series.all().flatMap(([labels, counted]) => bucketsOf(labels, bounds, counted)),
      }));
      return (value, ...values) => {
        const counted = series.of(values);
        const bucket = bounds.findIndex((bound) => value <= bound);
        if (bucket >= 0) counted.counts[bucket] = (counted.counts[bucket] ?? 0) + 1;
        counted.count += 1;
        counted.sum += value;
      };
    },
    gauge: reading("gauge"),
    readCounter: reading("counter"),
    write: () => writeExposition(families.map((family) => family())),
  };
}

type Read = () => readonly Sample[] | number | undefined;

function samplesOf(read: ReturnType<Read>): readonly Sample[] {
  if (typeof read === "number") return [{ value: read }];
  return read ?? [];
}

interface Counted {
  /** How many fell between a bound and the one before. */
  readonly counts: number[];
  count: number;
  sum: number;
}

/** Each bucket has all that are below its bound, and so those of the smaller ones. */
function bucketsOf(
  labels: Labels,
  bounds: readonly number[],
  { counts, count, sum }: Counted,
): readonly Sample[] {
  let below = 0;
  const buckets = bounds.map((bound, index) => {
    below += counts[index] ?? 0;
    return { suffix: "_bucket", labels: { ...labels, le: String(bound) }, value: below };
  });
  return [
    ...buckets,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
    { suffix: "_sum", labels, value: sum },
    { suffix: "_count", labels, value: count },
  ];
}

/** Keeps something for each set of values that labels have. */
function createSeries<T>(names: readonly string[], make: () => T) {
  const found = new Map<string, { readonly values: readonly string[]; readonly kept: T }>();
  return {
    of(values: readonly string[]): T {
      const key = values.length === 1 ? (values[0] ?? "") : values.join("\n");
      let one = found.get(key);
      if (!one) {
        one = { values, kept: make() };
        found.set(key, one);
      }
      return one.kept;
    },
    all(): readonly (readonly [Labels, T])[] {
      return [...found.values()].map(({ values, kept }) => [labelled(names, values), kept]);
    },
  };
}

/** An empty value is the same to Prometheus as no label. */
function labelled(names: readonly string[], values: readonly string[]): Labels {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
}
