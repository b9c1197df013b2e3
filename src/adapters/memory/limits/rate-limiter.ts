import type { RateLimit } from "../../../domain/rate-limit.ts";
import type { Clock, RateLimiter } from "../../../ports/index.ts";
import { bucketId, giveBackTo, statusOf, takeFrom } from "../../shared/gcra.ts";

/** The options of {@link createMemoryRateLimiter}. */
export interface MemoryRateLimiterOptions {
  /** The most keys that are counted at a time, of some 150 bytes each. @default 200000 */
  readonly maxKeys?: number;
  /** A clock that nobody sets, or a step of it frees or freezes limits. @default the runtime's own */
  readonly clock?: Clock;
}

/** The keys that are looked at to find one that can be forgotten. */
const sampleSize = 16;

/**
 * Makes a limiter that counts for this process alone: of several instances each grants the whole quota.
 *
 * Beyond its bound it forgets, of the keys that were counted longest ago, the one that has the least left to forget. So
 * whoever floods it with keys of their own loses those first, and not the counts against a guesser.
 *
 * @throws {TypeError} for a bound that leaves no room
 */
export function createMemoryRateLimiter(options: MemoryRateLimiterOptions = {}): RateLimiter {
  const { maxKeys = 200_000, clock = steadyClock } = options;
  if (!(maxKeys >= 1)) throw new TypeError("A rate limiter's bound leaves no room.");
  // Maps keep the order of insertion, so those that come first were counted longest ago.
  const emptyAtOf = new Map<string, number>();

  function remember(limit: RateLimit, emptyAt: number, now: number): void {
    const id = bucketId(limit);
    emptyAtOf.delete(id);
    if (emptyAt > now) emptyAtOf.set(id, emptyAt);
    if (emptyAtOf.size > maxKeys) emptyAtOf.delete(leastOf(emptyAtOf));
  }

  const bucketOf = (limit: RateLimit) => ({ limit, emptyAt: emptyAtOf.get(bucketId(limit)) });

  return {
    // No wait between the look and the change, so that no other call comes in between.
    async take(limits) {
      const now = clock.now();
      const { emptyAt, ...decision } = takeFrom(limits.map(bucketOf), now);
      // Also where it is refused, as a bucket may hold more than it can: the clock was set back.
      limits.forEach((limit, index) => {
        remember(limit, emptyAt[index] ?? now, now);
      });
      return decision;
    },

    async giveBack(limits) {
      const now = clock.now();
      for (const limit of limits) remember(limit, giveBackTo(bucketOf(limit), now), now);
    },

    async reset(limits) {
      for (const limit of limits) emptyAtOf.delete(bucketId(limit));
    },

    async read(limits) {
      const now = clock.now();
      return limits.map((limit) => statusOf(bucketOf(limit), now));
    },
  };
}

/** Gives the key of a few that were counted longest ago which is the first to be over. */
function leastOf(emptyAtOf: ReadonlyMap<string, number>): string {
  let [least = "", first = Number.POSITIVE_INFINITY]: [string?, number?] = [];
  let looked = 0;
  for (const [id, emptyAt] of emptyAtOf) {
    if (emptyAt < first) [least, first] = [id, emptyAt];
    looked += 1;
    if (looked === sampleSize) break;
  }
  return least;
}

/** Goes on evenly, whatever becomes of the system's time. */
const steadyClock: Clock = { now: () => performance.timeOrigin + performance.now() };
