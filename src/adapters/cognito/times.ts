import { unexpectedAnswer } from "./answers.ts";

/** Reads a time of an answer that has to have it, in whole seconds since the epoch. */
export function requireSeconds(time: unknown, name: string): number {
  const seconds = readSeconds(time);
  if (seconds === undefined) throw unexpectedAnswer(name);
  return seconds;
}

/** Reads a time of an answer, in whole seconds since the epoch. */
export function readSeconds(time: unknown): number | undefined {
  if (!(time instanceof Date) || Number.isNaN(time.getTime())) return undefined;
  return Math.floor(time.getTime() / 1000);
}
