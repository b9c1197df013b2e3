import { IdentityError } from "../../../domain/errors.ts";
import type { Clock, ReplayStore } from "../../../ports/index.ts";

/** The options of {@link createMemoryReplayStore}. */
export interface MemoryReplayStoreOptions {
  /** The most ids that are remembered at a time, of some 200 bytes each. @default 100000 */
  readonly maxEntries?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Makes a replay store that this process alone knows of: several instances need one that they share, or a proof can be
 * used once on each.
 *
 * It never forgets what may still come back. When it is full of such, it refuses what is new with
 * `provider_unavailable`, so that whoever floods it with good proofs of its own can at worst shut others out, and for no
 * longer than proofs live.
 *
 * @throws {TypeError} for a bound that leaves no room
 */
export function createMemoryReplayStore(options: MemoryReplayStoreOptions = {}): ReplayStore {
  const { maxEntries = 100_000, clock = Date } = options;
  if (!(maxEntries >= 1)) throw new TypeError("A replay store's bound leaves no room.");
  // The first to be added is among the first to be over: all live about as long.
  const entries = new Map<string, number>();

  function forgetOld(now: number): void {
    for (const [id, until] of entries) {
      if (until > now) return;
      entries.delete(id);
    }
  }

  return {
    // No wait between the look and the change, so that no other call comes in between.
    async add(id, until) {
      const now = clock.now() / 1000;
      forgetOld(now);
      if ((entries.get(id) ?? 0) > now) return false;
      entries.delete(id);
      if (entries.size >= maxEntries) {
        const cause = new Error("The replay store is full.");
        throw new IdentityError("provider_unavailable", { cause });
      }
      // Kept for a moment though it be over: two who show it at once are told apart.
      entries.set(id, Math.max(until, now + 1));
      return true;
    },
  };
}
