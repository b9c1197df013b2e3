import { withinDeadline } from "../../shared/deadline.ts";
import { jittered } from "../../shared/jitter.ts";
import { createPartReader, type PartReaderTerms } from "./part-reader.ts";

/** The terms of {@link createCopyReader}. */
export interface CopyReaderTerms extends PartReaderTerms {
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  /**
   * Is told how each reading ended: by what went wrong, if anything did. Of one that takes longer than its time, first
   * that, and its end when it comes.
   */
  readonly onEnd: (failure?: unknown) => void;
}

/** Keeps a copy of a list up to date, for as long as someone asks. */
export interface CopyReader {
  /** Gives nothing while the list was tried recently enough, or what to wait for. */
  due(): Promise<void> | undefined;
  /** The age of what was read last, in milliseconds. */
  age(): number;
}

/** One reading of the list, to its end. */
interface Reading {
  /** When it was last given something, or began, in milliseconds since the epoch. */
  lastAt: number;
  /** Whether its time is over, and nobody waits for it. */
  isLate: boolean;
}

/** The time from one search for revocations that are over to the next, in milliseconds. */
const pruneIntervalMs = 60_000;

/**
 * Makes a reader that reads only what is new, one reading at a time, and nothing while nobody asks. From half the age
 * on it reads ahead, so that on a service with something to do nobody waits; shortened at random, so that instances do
 * not read in step. A list that cannot be read is tried again as often. Nobody waits beyond the time of a reading, but
 * one whose parts keep coming goes on: a long list over a slow link would else never be known.
 */
export function createCopyReader(terms: CopyReaderTerms): CopyReader {
  const { copy, clock, maxAgeMs, timeoutMs, waitUntil, onEnd } = terms;
  const parts = createPartReader(terms);
  let triedAt = Number.NEGATIVE_INFINITY;
  let readAheadMs = maxAgeMs;
  let prunedAt = clock.now();
  let partMs = 0;
  let reading: Reading | undefined;
  /** Ends with the reading, or with its time. */
  let inTime = Promise.resolve();

  /** Reads to the end of the list, unless another reading takes its place. Gives what went wrong, if anything did. */
  async function readParts(mine: Reading): Promise<unknown> {
    try {
      for (let hasMore = true; hasMore && reading === mine; ) {
        const askedAt = clock.now();
        if (mine.isLate) triedAt = askedAt;
        hasMore = await parts.readPart();
        mine.lastAt = clock.now();
        partMs = mine.lastAt - askedAt;
      }
      return undefined;
    } catch (cause) {
      return cause ?? new Error("The list failed.");
    }
  }

  async function attempt(mine: Reading): Promise<void> {
    const since = mine.lastAt;
    const work = readParts(mine);
    waitUntil?.(work);
    let failure: unknown;
    try {
      failure = await withinDeadline(work, timeoutMs);
    } catch (cause) {
      failure = cause;
      mine.isLate = true;
      void work.then((late) => end(mine, late));
    }
    if (reading !== mine) return;
    triedAt = since;
    readAheadMs = jittered(maxAgeMs / 2);
    if (mine.isLate) onEnd(failure);
    else end(mine, failure);
  }

  function end(mine: Reading, failure: unknown): void {
    if (reading !== mine) return;
    reading = undefined;
    pruneSometimes();
    onEnd(failure);
  }

  function pruneSometimes(): void {
    const now = clock.now();
    if (Math.abs(now - prunedAt) < pruneIntervalMs) return;
    copy.prune(now / 1000);
    prunedAt = now;
  }

  /** On Workers a reading may have ended with the request that began it, and so never gives anything again. */
  function isStuck({ lastAt }: Reading, now: number): boolean {
    return now < lastAt || now - lastAt > Math.max(timeoutMs, 2 * partMs);
  }

  /** Shared for as long as something comes. */
  function read(now: number): Promise<void> {
    if (!reading || isStuck(reading, now)) {
      reading = { lastAt: now, isLate: false };
      inTime = attempt(reading);
    }
    return inTime;
  }

  return {
    age: () => clock.now() - parts.knownUpTo(),

    due() {
      const now = clock.now();
      const age = now - triedAt;
      // A clock that was set back says nothing of the age.
      if (age < 0 || age >= maxAgeMs) return withinDeadline(read(now), timeoutMs).catch(onEnd);
      if (age >= readAheadMs) read(now);
      return undefined;
    },
  };
}
