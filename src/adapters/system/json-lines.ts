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
  const threshold = logLevels.indexOf(level);
  return (severity, entry) => {
    if (logLevels.indexOf(severity) < threshold) return;
    const line = JSON.stringify({
      time: new Date(clock.now()).toISOString(),
      level: severity,
      ...entry,
    });
    print(line.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029"));
  };
}
