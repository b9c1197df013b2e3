import type { Clock } from "../../../ports/index.ts";

/** Work that is done once for all who ask for it at about the same time. */
export interface SharedRefreshes<T> {
  /**
   * Does the work for a session, or gives what came of it for somebody else. That it failed is no outcome to keep.
   *
   * @param generation - grows with each refresh of the session: an outcome is good for it and for those before
   */
  share(sessionId: string, generation: number, work: () => Promise<T>): Promise<T>;

  /** Has whoever waits for a session's refresh, or asks for one shortly after, get an error in its place. */
  end(sessionId: string, reason: Error): Ending<T>;
}

/** The end of a session. */
export interface Ending<T> {
  /** The outcome of a refresh that was under way, or shortly before. */
  readonly underWay: Promise<T> | undefined;
  /** Lets the session go on after all. */
  undo(): void;
}

interface Flight<T> {
  readonly generation: number;
  readonly outcome: Promise<T>;
  readonly at: number;
  /** The error that takes the place of every outcome, as the session has ended. */
  readonly ended?: Error;
}

/** The time that an outcome is kept: a page's other requests are on their way with the old cookies that long at most. */
const keptMs = 60_000;

/** The most outcomes: more than a process refreshes in that time, and little enough to keep. */
const maxKept = 10_000;

/**
 * Makes the place where one refresh is done for all requests that come with one session, those included that come right
 * after it with what the browser had before: a provider that replaces refresh tokens would take the second for a theft.
 */
export function createSharedRefreshes<T>(clock: Clock): SharedRefreshes<T> {
  const flights = new Map<string, Flight<T>>();
  const isOld = ({ at }: Flight<T>) => Math.abs(clock.now() - at) >= keptMs;

  function put(sessionId: string, flight: Flight<T>): void {
    flights.delete(sessionId);
    flights.set(sessionId, flight);
    for (const [oldest, there] of flights) {
      if (flights.size <= maxKept && !isOld(there)) return;
      flights.delete(oldest);
    }
  }

  function begin(sessionId: string, generation: number, work: () => Promise<T>): Flight<T> {
    const flight = { generation, outcome: work(), at: clock.now() };
    put(sessionId, flight);
    flight.outcome.catch(() => {
      if (flights.get(sessionId) === flight) flights.delete(sessionId);
    });
    return flight;
  }

  return {
    async share(sessionId, generation, work) {
      const there = flights.get(sessionId);
      if (there?.ended) throw there.ended;
      const isThere = there && there.generation >= generation && !isOld(there);
      const outcome = await (isThere ? there : begin(sessionId, generation, work)).outcome;
      const since = flights.get(sessionId);
      if (since?.ended) throw since.ended;
      return outcome;
    },
    end(sessionId, reason) {
      const before = flights.get(sessionId);
      const outcome = before?.outcome ?? Promise.reject(reason);
      outcome.catch(() => undefined);
      put(sessionId, { generation: 0, outcome, at: clock.now(), ended: reason });
      return {
        underWay: before?.outcome,
        undo() {
          if (before) put(sessionId, before);
          else flights.delete(sessionId);
        },
      };
    },
  };
}
