/** The time that all calls of one request have together. */
export interface TimeBudget {
  /** The milliseconds that are left: none, or fewer, where it is over. */
  leftMs(): number;
  /** Who the request is of, as far as that is known: callers share what there is of turns. */
  readonly caller?: string;
}

/**
 * Makes a budget that runs from now on.
 *
 * @param now - milliseconds of a clock that never steps
 */
export function createTimeBudget(totalMs: number, now: () => number, caller?: string): TimeBudget {
  const endsAt = now() + totalMs;
  return { leftMs: () => endsAt - now(), ...(caller !== undefined && { caller }) };
}
