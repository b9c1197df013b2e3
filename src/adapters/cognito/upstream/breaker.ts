import type { BreakerState } from "../../../ports/index.ts";

/** The calls that are looked back at, and what opens the breaker. */
const windowSeconds = 10;
const fewestCalls = 20;
const failingShare = 0.5;

/** The time for which it stays open before one call tries, in milliseconds. */
const openMs = 5_000;

/** A call that the breaker let through. */
export interface Passage {
  /** The count of openings before it: a call from before the last one says nothing of how things are now. */
  readonly era: number;
}

/** Lets calls through, but for a while after half of them came to nothing. */
export interface Breaker {
  state(): BreakerState;
  /** Tells in how many milliseconds a call may be made: 0 for now. */
  waitMs(): number;
  /** Lets a call through that may be made now. While the breaker is half open, it is the one that tries. */
  pass(): Passage;
  /**
   * Takes note of how a call ended that was let through.
   *
   * @param isWell - nothing, where the call was not made in the end
   * @param pauseMs - the time for which the other side asked to be left alone. It lengthens the time for which the breaker
   *   opens, and opens none by itself: one request may have brought it about
   */
  settle(passage: Passage, isWell: boolean | undefined, pauseMs?: number): void;
}

/** The terms of {@link createBreaker}. */
export interface BreakerTerms {
  /** Milliseconds of a clock that never steps. */
  readonly now: () => number;
  /** The time after which a call that tries counts as lost, in milliseconds: its request may have ended without it. */
  readonly patienceMs: number;
  readonly onChange: (state: BreakerState) => void;
}

/**
 * Makes a circuit breaker: closed, it looks at the calls of the last ten seconds; open, it lets none through for five; then
 * one, by which it closes or stays open. It has no timer, and goes by a clock that never steps, which the libraries that
 * were looked at have no room for: theirs is the system's, and five minutes' step would open or close them all.
 *
 * @see https://martinfowler.com/bliki/CircuitBreaker.html
 */
export function createBreaker({ now, patienceMs, onChange }: BreakerTerms): Breaker {
  const calls = createRecentCalls(now);
  let state: BreakerState = "closed";
  let era = 0;
  /** The time from which a call may try: while one does, that by which it counts as lost. */
  let nextTryAt = 0;

  function enter(next: BreakerState): void {
    if (state === next) return;
    state = next;
    onChange(next);
  }

  function open(forMs: number): void {
    era += 1;
    nextTryAt = now() + forMs;
    calls.forget();
    enter("open");
  }

  return {
    state: () => state,

    waitMs: () => (state === "closed" ? 0 : Math.max(0, nextTryAt - now())),

    pass() {
      if (state !== "closed") {
        // One that was lost and comes back after all is no longer the one that tries.
        era += 1;
        nextTryAt = now() + patienceMs;
        enter("half_open");
      }
      return { era };
    },

    settle(passage, isWell, pauseMs = 0) {
      if (passage.era !== era) return;
      const forMs = Math.max(pauseMs, openMs);
      if (state === "half_open") {
        if (isWell) enter("closed");
        else open(isWell === undefined ? 0 : forMs);
        return;
      }
      if (isWell !== undefined && calls.add(isWell)) open(forMs);
    },
  };
}

/** Counts calls by the second, so that as little is kept of many as of a few. */
function createRecentCalls(now: () => number) {
  let seconds: { readonly second: number; all: number; failed: number }[] = [];
  return {
    /** Counts a call, and tells whether that is one failure too many. */
    add(isWell: boolean): boolean {
      const second = Math.floor(now() / 1000);
      seconds = seconds.filter((one) => one.second > second - windowSeconds);
      let last = seconds.at(-1);
      if (last?.second !== second) {
        last = { second, all: 0, failed: 0 };
        seconds.push(last);
      }
      last.all += 1;
      if (isWell) return false;
      last.failed += 1;
      const sum = (count: "all" | "failed") =>
        seconds.reduce((total, one) => total + one[count], 0);
      return sum("all") >= fewestCalls && sum("failed") >= failingShare * sum("all");
    },
    forget() {
      seconds = [];
    },
  };
}
