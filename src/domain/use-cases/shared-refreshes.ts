import type { Clock } from "../../ports/index.ts";

/** Work that is done once for all who ask for it at about the same time. */
export interface SharedRefreshes<T> {
  /**
   * Does the work for a session, or gives what came of it for somebody else. That it failed is no outcome to keep.
   *
   * @param generation - grows with each refresh of the session: an outcome is good for it and for those before
   */
  share(sessionId: string, generation: number, work: () => Promise<T>): Promise<T>;

  /** Forgets what came of a session's refresh, as the session has ended. */
  forget(sessionId: string): void;
}

interface Flight<T> {
  readonly generation: number;
  readonly outcome: Promise<T>;
  readonly at: number;
}

/** The time that an outcome is kept: a page's other requests are on their way with the old cookies that long at most. */
const keptMs = 60_000;

/** The most outcomes: more than a process refreshes in that time, and little enough to keep. */
const maxKept = 10_000;

/**
 * Makes the place where one refresh is done for all requests that come with one session, those included that come right after it with
 * what the browser had before: a provider that replaces refresh tokens would take the second for a theft.
 */
export function createSharedRefreshes<T>(clock: Clock): SharedRefreshes<T> {
  const flights = new Map<string, Flight<T>>();
  const isOld = ({ at }: Flight<T>) => Math.abs(clock.now() - at) >= keptMs;

  function forgetOld(): void {
    for (const [sessionId, flight] of flights) {
      if (flights.size < maxKept && !isOld(flight)) return;
      flights.delete(sessionId);
    }
  }

  return {
    share(sessionId, generation, work) {
      forgetOld();
      const there = flights.get(sessionId);
      if (there && there.generation >= generation) return there.outcome;
      const flight = { generation, outcome: work(), at: clock.now() };
      flights.delete(sessionId);
      flights.set(sessionId, flight);
      flight.outcome.catch(() => {
        if (flights.get(sessionId) === flight) flights.delete(sessionId);
      });
      return flight.outcome;
    },
    forget: (sessionId) => void flights.delete(sessionId),
  };
}
