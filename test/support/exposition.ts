/** One line of a page. */
export interface Line {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric as a page has it. */
export interface Metric {
  readonly type: string;
  readonly help: string;
  readonly lines: readonly Line[];
}

interface Group {
  help?: string;
  type?: string;
  readonly lines: Line[];
}

const sample =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN)(?: -?\d+)?$/;
const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const endings = { histogram: /_(?:bucket|sum|count)$/, counter: /(?!)/, gauge: /(?!)/ };

/**
 * Reads a page as strictly as the format is written down, and more so: no line without its type, no metric in two places,
 * no line twice, buckets that add up, names with their units and `_total`.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * @throws {Error} that names the first line that is not well
 */
export function readExposition(page: string): ReadonlyMap<string, Metric> {
  if (page !== "" && !page.endsWith("\n")) throw new Error("The last line does not end.");
  const groups = new Map<string, Group>();
  let open = "";
  for (const text of page.split("\n").slice(0, -1)) {
    const [, kind = "", name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(text) ?? [];
    if (text.startsWith("#") && kind === "") throw new Error(`A comment of no kind: ${text}`);
    if (kind === "HELP") {
      if (groups.has(name)) throw new Error(`A metric in two places: ${text}`);
      groups.set(name, { help: rest, lines: [] });
      open = name;
    } else if (kind === "TYPE") {
      const group = groups.get(name);
      if (name !== open || !group || group.type !== undefined || group.lines.length > 0)
        throw new Error(`A type out of its place: ${text}`);
      if (!(rest in endings)) throw new Error(`An unknown type: ${text}`);
      group.type = rest;
    } else readLine(text, open, groups.get(open));
  }
  return new Map([...groups].map(([name, group]) => [name, judged(name, group)]));
}

function readLine(text: string, open: string, group: Group | undefined): void {
  const [, name = "", labels = "", number = ""] = sample.exec(text) ?? [];
  const ending = endings[group?.type as keyof typeof endings];
  if (!group || !ending || name.replace(ending, "") !== open)
    throw new Error(`A line out of its place: ${text}`);
  const line = {
    name,
    labels: readLabels(labels),
    value: Number(number.replace("Inf", "Infinity")),
  };
  const isSame = (other: Line) =>
    other.name === name && JSON.stringify(other.labels) === JSON.stringify(line.labels);
  if (group.lines.some(isSame)) throw new Error(`A line twice: ${text}`);
  group.lines.push(line);
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== "") {
    const [whole = "", name = "", value = ""] = label.exec(rest) ?? [];
    if (whole === "" || name in labels) throw new Error(`Labels that are none: ${text}`);
    labels[name] = value.replace(/\\([\\"n])/g, (_, one) => (one === "n" ? "\n" : one));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function judged(name: string, { help = "", type = "", lines }: Group): Metric {
  if (type === "" || help === "" || lines.length === 0)
    throw new Error(`A metric without a part of its own: ${name}`);
  if ((type === "counter") !== name.endsWith("_total"))
    throw new Error(`A counter ends with _total, and nothing else: ${name}`);
  if (type === "counter" && lines.some(({ value }) => !(value >= 0)))
    throw new Error(`A counter that is below nothing: ${name}`);
  if (type === "histogram") judgeHistogram(name, lines);
  return { help, type, lines };
}

function judgeHistogram(name: string, lines: readonly Line[]): void {
  const series = Map.groupBy(lines, ({ labels: { le: _, ...others } }) => JSON.stringify(others));
  for (const [labels, own] of series) {
    const buckets = own.filter((line) => line.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels: { le = "" } }) => Number(le.replace("Inf", "Infinity")));
    const counts = buckets.map(({ value }) => value);
    const count = own.find((line) => line.name === `${name}_count`)?.value;
    const isAscending = (all: readonly number[], least: number) =>
      all.every((one, index) => one - (all[index - 1] ?? -1) >= least);
    const isWell =
      own.some((line) => line.name === `${name}_sum`) &&
      bounds.at(-1) === Number.POSITIVE_INFINITY &&
      counts.at(-1) === count &&
      isAscending(counts, 0) &&
      bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0));
    if (!isWell) throw new Error(`Buckets that do not add up: ${name} ${labels}`);
  }
}
