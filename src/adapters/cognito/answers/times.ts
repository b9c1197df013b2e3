import { unexpectedAnswer } from "./unexpected-answer.ts";

/** Reads a time of an answer that has to have it, in whole seconds since the epoch. */
export function requireSeconds(time: unknown, name: string): number {
  const seconds = readSeconds(time);
  if (seconds === undefined) throw unexpectedAnswer(name);
  return seconds;
}

/** Reads a time of an answer, in whole seconds since the epoch: on the wire it is seconds, and the SDK makes a Date of it. */
export function readSeconds(time: unknown): number | undefined {
  const seconds = time instanceof Date ? time.getTime() / 1000 : time;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) return undefined;
  return Math.floor(seconds);
}
