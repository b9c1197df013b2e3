/** The labels of one line: names, and values of a small set each. */
export type Labels = Readonly<Record<string, string>>;

/** One line: the metric's name with an ending, its labels, and the value. */
export interface Sample {
  /** The ending of the name, such as `_sum`. */
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

/** All lines of one metric. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

/** The media type of the page. */
export const expositionMediaType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Writes metrics as the text that Prometheus reads. A metric without a line is left out.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function writeExposition(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(written)
    .join("");
}

function written({ name, help, type, samples }: MetricFamily): string {
  const lines = samples.map(
    ({ suffix = "", labels = {}, value }) =>
      `${name}${suffix}${writtenLabels(labels)} ${writtenNumber(value)}\n`,
  );
  return `# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function writtenLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedValue(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Numbers are as Go reads them, which knows infinity by another name. */
function writtenNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}

function escapedHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapedValue(text: string): string {
  return escapedHelp(text).replaceAll('"', '\\"');
}
