/** How a call to the back end that keeps the users ended, or why it was not made. */
export type UpstreamOutcome =
  /** It was answered, whatever the answer says: that a password is wrong, too. */
  | "answered"
  /** It was one too many for the back end. */
  | "throttled"
  /** There was no answer, or none but that something is wrong over there. */
  | "failed"
  /** There was no answer in time. */
  | "timed_out"
  /** It was not made, as the last ones came to nothing. */
  | "spared"
  /** It was not made, as too many others are under way and waiting. */
  | "refused";

/** A call to the back end that has ended, or was not made. */
export interface UpstreamCall {
  /** Calls that are counted together: a lower snake_case word, of a few that each adapter has. Fit for a metric's label. */
  readonly category: string;
  readonly outcome: UpstreamOutcome;
  /** From the moment that it was wanted, the wait for its turn included, in milliseconds. */
  readonly durationMs: number;
}

/**
 * The states of a circuit breaker: calls go through; none does, as the last ones came to nothing; or one is under way, to
 * see whether they can again.
 */
export type BreakerState = "closed" | "open" | "half_open";

/** Hears of calls to the back end. */
export interface UpstreamObserver {
  /** Takes note of a call. Returns at once and never throws: it is in the way of a request. */
  onCall(call: UpstreamCall): void;

  /** Takes note that calls of a category are no longer made, or made again. Returns at once and never throws. */
  onBreaker(change: { readonly category: string; readonly state: BreakerState }): void;
}

/** How the calls of one category stand. */
export interface UpstreamState {
  readonly category: string;
  readonly breaker: BreakerState;
  /** The calls that are under way, and how many may be: fewer after the back end had too many. */
  readonly underWay: number;
  readonly concurrency: number;
  /** The calls that wait for their turn. */
  readonly waiting: number;
}
