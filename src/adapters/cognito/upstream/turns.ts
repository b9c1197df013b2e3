import type { UpstreamOutcome } from "../../../ports/index.ts";

/** A call's turn: it is under way until that is given back. */
export interface Turn {
  readonly begunAt: number;
}

/** Lets only so many calls be under way at once, fewer after the other side had too many, and some more wait. */
export interface Turns {
  /** Gives a turn at once, if there is one and nobody waits for it. */
  take(): Turn | undefined;
  /** Waits for a turn, no longer than a time, and only where there is room to wait. */
  wait(forMs: number): Promise<Turn | undefined>;
  /** Takes a turn back. */
  end(turn: Turn, outcome?: UpstreamOutcome): void;
  counts(): { readonly underWay: number; readonly waiting: number; readonly concurrency: number };
}

/** The terms of {@link createTurns}. */
export interface TurnTerms {
  /** Milliseconds of a clock that never steps. */
  readonly now: () => number;
  /**
   * The time after which a turn counts as lost, in milliseconds. Workers drop a request whose client has gone, and with it
   * whatever was to give the turn back.
   */
  readonly patienceMs: number;
  /** Most calls at once. @default 50 */
  readonly most?: number;
  /** Most calls that wait. @default 200 */
  readonly mostWaiting?: number;
}

interface Waiter {
  readonly until: number;
  begin(): void;
}

/**
 * Makes turns. After a call that was one too many there are half as many, once for all that were under way by then; each
 * call that is answered adds a part of one, so that a whole round of them adds one (additive increase, multiplicative
 * decrease).
 *
 * @see https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export function createTurns({ now, patienceMs, most = 50, mostWaiting = 200 }: TurnTerms): Turns {
  let allowed = most;
  let cutAt = Number.NEGATIVE_INFINITY;
  const underWay = new Set<Turn>();
  const waiting = new Set<Waiter>();

  const isFree = () => underWay.size < Math.floor(allowed);

  function begin(): Turn {
    const turn = { begunAt: now() };
    underWay.add(turn);
    return turn;
  }

  function goOn(): void {
    for (const waiter of waiting) {
      if (!isFree()) return;
      waiting.delete(waiter);
      waiter.begin();
    }
  }

  function dropLost(): void {
    for (const turn of underWay) if (now() - turn.begunAt > patienceMs) underWay.delete(turn);
    for (const waiter of waiting) if (now() > waiter.until + patienceMs) waiting.delete(waiter);
    goOn();
  }

  return {
    take() {
      if (!isFree()) dropLost();
      return isFree() && waiting.size === 0 ? begin() : undefined;
    },

    async wait(forMs) {
      if (waiting.size >= mostWaiting || forMs <= 0) return undefined;
      return new Promise((resolve) => {
        const giveUp = () => {
          waiting.delete(waiter);
          resolve(undefined);
        };
        const timer = setTimeout(giveUp, forMs);
        const waiter = {
          until: now() + forMs,
          begin() {
            clearTimeout(timer);
            resolve(begin());
          },
        };
        waiting.add(waiter);
      });
    },

    end(turn, outcome) {
      underWay.delete(turn);
      if (outcome === "answered") allowed = Math.min(most, allowed + 1 / allowed);
      if (outcome === "throttled" && turn.begunAt > cutAt) {
        allowed = Math.max(1, allowed / 2);
        cutAt = now();
      }
      goOn();
    },

    counts: () => ({
      underWay: underWay.size,
      waiting: waiting.size,
      concurrency: Math.floor(allowed),
    }),
  };
}
