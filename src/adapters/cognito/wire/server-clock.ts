import type { Clock } from "../../../ports/index.ts";

/** Amazon's clock, as near as its answers tell. */
export interface ServerClock extends Clock {
  /** Takes the `Date` of an answer (RFC 9110 section 6.6.1), which tells whole seconds. */
  hear(date: unknown): void;
}

/** The time that AWS lets a signed request be off, in milliseconds: a `Date` beyond that is not Amazon's. */
const farthestMs = 5 * 60_000;

/**
 * Makes a clock that goes by ours until it hears better. Right after an answer it is in the second of that answer, and so
 * at the end of whatever the answer says was done.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function createServerClock(own: Clock): ServerClock {
  let offsetMs = 0;
  return {
    now: () => own.now() + offsetMs,
    hear(date) {
      const heardMs = typeof date === "string" ? Date.parse(date) - own.now() : Number.NaN;
      if (Math.abs(heardMs) <= farthestMs) offsetMs = heardMs;
    },
  };
}
