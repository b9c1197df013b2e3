/** An entry of a {@link UseRing}. Both numbers are the ring's: begin with nought. */
export interface RingEntry {
  /** How often it was used of late, as far as that is counted. */
  uses: number;
  /** Where it is in the ring. */
  place: number;
}

/** Entries that are kept within a bound, with a count of the uses of each. */
export interface UseRing<Entry extends RingEntry> {
  add(entry: Entry): void;
  /** Takes out an entry that is in it. */
  remove(entry: Entry): void;
  /**
   * Lets entries go that are not in use, until there is room for a newcomer. Tells whether there is: every other
   * newcomer at the bound is turned away, and one for whom nothing goes within a few steps.
   *
   * @param leave - is told each entry that is gone
   */
  makeRoom(hasRoom: () => boolean, leave: (entry: Entry) => void): boolean;
}

/** Uses that are counted: enough to tell what is used often, and so few that what was used once is soon forgotten. */
const mostUses = 3;

/** Entries that are looked at for one newcomer, so that none waits for a walk through all of them. */
const mostSteps = 64;

/** Counts one use of an entry. */
export function countUse(entry: RingEntry): void {
  if (entry.uses < mostUses) entry.uses += 1;
}

/**
 * Makes a ring of entries with a hand that goes round (CLOCK, Corbató 1968, with counts as in its generalized form). The
 * hand takes one use from each entry that it passes, and lets go those that have none. A use costs one number, where a
 * list in order of use (LRU) has to be mended each time.
 *
 * That every other newcomer is turned away keeps some entries long enough to be used again where a few more than the
 * bound come in turns: otherwise each would go just before it is needed.
 */
export function createUseRing<Entry extends RingEntry>(): UseRing<Entry> {
  const entries: Entry[] = [];
  let hand = 0;
  let isOpen = false;

  function remove(entry: Entry): void {
    const last = entries.pop();
    if (!last || last === entry) return;
    entries[entry.place] = last;
    last.place = entry.place;
  }

  return {
    add(entry) {
      entry.place = entries.length;
      entries.push(entry);
    },
    remove,
    makeRoom(hasRoom, leave) {
      if (hasRoom()) return true;
      isOpen = !isOpen;
      for (let step = 0; isOpen && step < mostSteps; step += 1) {
        if (hand >= entries.length) hand = 0;
        const entry = entries[hand];
        // The newest entry takes the place of one that goes, and so is looked at last.
        hand += 1;
        if (entry && entry.uses > 0) {
          entry.uses -= 1;
        } else if (entry) {
          remove(entry);
          leave(entry);
          if (hasRoom()) return true;
        }
      }
      return false;
    },
  };
}
