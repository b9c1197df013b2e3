import type { UpstreamOutcome } from "../../../ports/index.ts";

/** A call's turn: it is under way until that is given back. */
export interface Turn {
  readonly begunAt: number;
  readonly caller: string | undefined;
}

/** Lets only so many calls be under way at once, fewer after the other side had too many, and some more wait. */
export interface Turns {
  /** Gives a turn at once, if there is one and nobody waits for it who may have it. */
  take(caller?: string): Turn | undefined;
  /** Waits for a turn, no longer than a time, and only where there is room to wait. */
  wait(forMs: number, caller?: string): Promise<Turn | undefined>;
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
  readonly caller: string | undefined;
  begin(): void;
}

/** The share of turns, and of the places to wait, that one caller can have: a fifth is left to all others. */
const mostOfOne = 0.8;

/**
 * Makes turns. After a call that was one too many there are half as many, once for all that were under way by then; each
 * call that is answered adds a part of one, so that a whole round of them adds one (additive increase, multiplicative
 * decrease). Of those that wait the next is the first of whoever has the fewest turns.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export function createTurns({ now, patienceMs, most = 50, mostWaiting = 200 }: TurnTerms): Turns {
  let allowed = most;
  let cutAt = Number.NEGATIVE_INFINITY;
  const underWay = new Set<Turn>();
  const waiting = new Set<Waiter>();

  const isFree = () => underWay.size < Math.floor(allowed);
  const mayHaveMore = (caller: string | undefined, among: Iterable<Turn | Waiter>, of: number) =>
    caller === undefined || countOf(caller, among) < Math.max(1, Math.floor(of * mostOfOne));

  function begin(caller: string | undefined): Turn {
    const turn = { begunAt: now(), caller };
    underWay.add(turn);
    return turn;
  }

  function goOn(): void {
    while (isFree()) {
      const next = firstOfFewest(waiting, underWay);
      if (!next || !mayHaveMore(next.caller, underWay, allowed)) return;
      waiting.delete(next);
      next.begin();
    }
  }

  function dropLost(): void {
    for (const turn of underWay) if (now() - turn.begunAt > patienceMs) underWay.delete(turn);
    for (const waiter of waiting) if (now() > waiter.until + patienceMs) waiting.delete(waiter);
    goOn();
  }

  return {
    take(caller) {
      if (!isFree()) dropLost();
      // Whoever still waits where there is a turn has had their share.
      return isFree() && mayHaveMore(caller, underWay, allowed) ? begin(caller) : undefined;
    },

    async wait(forMs, caller) {
      if (waiting.size >= mostWaiting || forMs <= 0) return undefined;
      if (!mayHaveMore(caller, waiting, mostWaiting)) return undefined;
      return new Promise((resolve) => {
        const giveUp = () => {
          waiting.delete(waiter);
          resolve(undefined);
        };
        const timer = setTimeout(giveUp, forMs);
        const waiter = {
          until: now() + forMs,
          caller,
          begin() {
            clearTimeout(timer);
            resolve(begin(caller));
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

function countOf(caller: string, among: Iterable<Turn | Waiter>): number {
  let count = 0;
  for (const one of among) if (one.caller === caller) count += 1;
  return count;
}

/** Finds the first that waits of the caller who has the fewest turns: all who are not known count as one. */
function firstOfFewest(waiting: Iterable<Waiter>, underWay: Iterable<Turn>): Waiter | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { caller } of underWay) counts.set(caller, (counts.get(caller) ?? 0) + 1);
  let found: Waiter | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const waiter of waiting) {
    const count = counts.get(waiter.caller) ?? 0;
    if (count >= fewest) continue;
    found = waiter;
    fewest = count;
  }
  return found;
}
