import type { TokenParts } from "./summary.ts";

const units = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
] as const;

/** Tells how long a token is good, or has not been. */
export function lifeOf(parts: TokenParts | undefined, now = Date.now()): string {
  const { exp } = parts?.claims ?? {};
  if (typeof exp !== "number") return "it says nothing of when it expires";
  const seconds = exp - now / 1000;
  const at = momentOf(exp);
  return seconds > 0
    ? `it expires in ${spanOf(seconds)}, at ${at}`
    : `it expired ${spanOf(-seconds)} ago, at ${at}`;
}

/** Writes a time of a token's, which is in seconds. */
export function momentOf(seconds: unknown): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? "no time at all" : date.toISOString().replace(".000", "");
}

/** Writes a span of time in its largest unit. */
export function spanOf(seconds: number): string {
  const [size, name] = units.find(([size]) => seconds >= size) ?? [1, "second"];
  const count = Math.round(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
