import type { Clock, RevocationList, RevocationPage } from "../../../ports/index.ts";
import { createRestorer } from "./lost-revocations.ts";
import type { RevocationCopy } from "./revocation-copy.ts";

/** The terms of {@link createPartReader}. */
export interface PartReaderTerms {
  readonly list: RevocationList;
  readonly copy: RevocationCopy;
  readonly clock: Clock;
  readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
  /** Is told how many revocations were written back that the list had lost. */
  readonly onRestored: (count: number) => void;
}

/** Reads a list into a copy of it, and knows how far. */
export interface PartReader {
  /** Reads the next part. Gives whether there is another. */
  readPart(): Promise<boolean>;
  /** The time up to which all is known, in milliseconds since the epoch. */
  knownUpTo(): number;
}

/**
 * Makes a reader that keeps its place after each part, so that whoever comes to its end, however late and in however many
 * tries, has read each part once. What a part gives counts from then on.
 */
export function createPartReader(terms: PartReaderTerms): PartReader {
  const { list, copy, clock, waitUntil } = terms;
  const restorer = createRestorer(terms);
  let cursor: string | undefined;
  let knownUpTo = Number.NEGATIVE_INFINITY;
  /** When the parts began that have not come to their end. */
  let begunAt: number | undefined;
  /** The count of the copy before the first of them, where they are of the whole list. */
  let knownBefore: number | undefined;

  function keepPlace(page: RevocationPage, askedAt: number, countThen: number): void {
    cursor = page.cursor;
    begunAt ??= askedAt;
    if (page.isWhole) knownBefore = countThen;
    if (page.hasMore) return;
    knownUpTo = begunAt;
    const restored =
      knownBefore === undefined ? undefined : restorer.restore(knownBefore)?.then(readAllUnless);
    begunAt = undefined;
    knownBefore = undefined;
    if (restored) waitUntil?.(restored);
  }

  /** Has the whole list read again next time, and so looked through, where something could not be written back. */
  function readAllUnless(isRestored: boolean): void {
    if (!isRestored) cursor = undefined;
  }

  return {
    knownUpTo: () => knownUpTo,

    async readPart() {
      const [asked, askedAt, countThen] = [cursor, clock.now(), copy.count()];
      const page = await list.read(asked);
      for (const revocation of page.revocations) copy.add(revocation);
      // A part that came late may have been read again meanwhile.
      if (asked === cursor) keepPlace(page, askedAt, countThen);
      return page.hasMore === true;
    },
  };
}
