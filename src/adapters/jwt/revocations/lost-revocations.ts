import type { Revocation } from "../../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../../ports/index.ts";
import type { RevocationCopy } from "./revocation-copy.ts";

/** The terms of {@link createRestorer}. */
export interface RestorerTerms {
  readonly list: Pick<RevocationList, "add">;
  readonly copy: RevocationCopy;
  readonly clock: Clock;
  /** Is told how many revocations were written back. */
  readonly onRestored: (count: number) => void;
}

/** Writes back what a list has lost. */
export interface Restorer {
  /**
   * Looks for what was known here before a list was read as a whole, and was not on it, and writes it back, once at a
   * time.
   *
   * @param knownBefore - the count of the copy before the list was read
   * @returns nothing where nothing is lost, or whether all could be written back
   */
  restore(knownBefore: number): Promise<boolean> | undefined;
}

/** The number of revocations that are written at once. */
const atOnce = 50;

/**
 * The time that a revocation must have left to be missed, in seconds: the clock of the list may be ahead of ours, and
 * no token is left by then that it speaks of.
 */
const marginSeconds = 60;

/**
 * Makes a restorer, by which each instance that runs writes its own copy back to a list that came back without it:
 * after a restart with nothing on disk, say. Those who start after that would else know nothing of it. A copy knows all
 * that was on the list, so one instance is enough; of several, those that read later find it done.
 */
export function createRestorer({ list, copy, clock, onRestored }: RestorerTerms): Restorer {
  let isAtWork = false;

  async function writeBack(lost: readonly Revocation[]): Promise<boolean> {
    isAtWork = true;
    try {
      for (let start = 0; start < lost.length; start += atOnce)
        await Promise.all(lost.slice(start, start + atOnce).map((one) => list.add(one)));
      onRestored(lost.length);
      return true;
    } catch {
      // The list is down again, which whoever reads it next is told of; that reader finds them missing as well.
      return false;
    } finally {
      isAtWork = false;
    }
  }

  return {
    restore(knownBefore) {
      if (isAtWork) return undefined;
      const after = clock.now() / 1000 + marginSeconds;
      const lost = [...copy.keptUpTo(knownBefore)].filter(({ until }) => until > after);
      return lost.length > 0 ? writeBack(lost) : undefined;
    },
  };
}
