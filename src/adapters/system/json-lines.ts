import type { Clock } from "../../ports/index.ts";

/** The levels of a log, from everything to nothing. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

/** A threshold: what is less severe is not logged. */
export type LogLevel = (typeof logLevels)[number];

/** The severity of an entry. */
export type LogSeverity = Exclude<LogLevel, "silent">;

/** Writes one structured log entry. */
export type Log = (severity: LogSeverity, entry: Readonly<Record<string, unknown>>) => void;

/**
 * Makes a log of one JSON object a line. JSON escapes line breaks and control characters, so that no input can forge
 * a line (OWASP ASVS 5.0, 16.4.1); U+2028 and U+2029, which JSON leaves and some viewers break at, are escaped here.
 */
export function createJsonLinesLog(
  level: LogLevel,
  clock: Clock,
  print: (line: string) => void,
): Log {
  const logged: ReadonlySet<LogLevel> = new Set(logLevels.slice(logLevels.indexOf(level)));
  const timeOf = createTimeWriter();
  return (severity, entry) => {
    if (!logged.has(severity)) return;
    const line = JSON.stringify({ time: timeOf(clock.now()), level: severity, ...entry });
    print(separators.test(line) ? escaped(line) : line);
  };
}

const separators = /[\u2028\u2029]/;

function escaped(line: string): string {
  return line.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Writes times as ISO 8601 does, each once: under load, many entries are of one millisecond. */
function createTimeWriter(): (epochMs: number) => string {
  let last = Number.NaN;
  let written = "";
  return (epochMs) => {
    if (epochMs !== last) written = new Date(epochMs).toISOString();
    last = epochMs;
    return written;
  };
}
