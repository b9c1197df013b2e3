import type { Clock, RevocationList } from "../../../ports/index.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import { jittered } from "../../shared/jitter.ts";
import { createRestorer } from "./lost-revocations.ts";
import type { RevocationCopy } from "./revocation-copy.ts";

/** The terms of {@link createCopyReader}. */
export interface CopyReaderTerms {
  readonly list: RevocationList;
  readonly copy: RevocationCopy;
  readonly clock: Clock;
  readonly maxAgeMs: number;
  readonly timeoutMs: number;
  readonly waitUntil: ((work: Promise<unknown>) => void) | undefined;
  /** Is told how each reading ended: by what went wrong, if anything did. */
  readonly onEnd: (failure?: unknown) => void;
  /** Is told how many revocations were written back that the list had lost. */
  readonly onRestored: (count: number) => void;
}

/** Keeps a copy of a list up to date, for as long as someone asks. */
export interface CopyReader {
  /** Gives nothing while the list was tried recently enough, or what to wait for. */
  due(): Promise<void> | undefined;
  /** The age of what was read last, in milliseconds. */
  age(): number;
}

/** The time from one search for revocations that are over to the next, in milliseconds. */
const pruneIntervalMs = 60_000;

/**
 * Makes a reader that reads only what is new, one reading at a time, and nothing while nobody asks. From half the age
 * on it reads ahead, so that on a service with something to do nobody waits; shortened at random, so that instances do
 * not read in step. A list that cannot be read is tried again as often.
 */
export function createCopyReader(terms: CopyReaderTerms): CopyReader {
  const { list, copy, clock, maxAgeMs, timeoutMs, waitUntil, onEnd } = terms;
  const restorer = createRestorer(terms);
  let cursor: string | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let readAheadMs = maxAgeMs;
  let prunedAt = clock.now();
  let reading: { readonly since: number; readonly work: Promise<void> } | undefined;

  async function load(since: number): Promise<void> {
    const knownBefore = copy.count();
    const page = await list.read(cursor);
    const restoring = restorer.restore(page, knownBefore);
    for (const revocation of page.revocations) copy.add(revocation);
    cursor = page.cursor;
    readAt = since;
    const restored = restoring?.then(readAllUnless);
    if (restored) waitUntil?.(restored);
  }

  /** Has the whole list read again next time, and so looked through, where something could not be written back. */
  function readAllUnless(isRestored: boolean): void {
    if (!isRestored) cursor = undefined;
  }

  async function attempt(since: number): Promise<void> {
    let failure: unknown;
    const work = load(since);
    // To its end, though nobody waits for it any longer: a long list would else never be read.
    waitUntil?.(work.catch(() => undefined));
    try {
      await withinDeadline(work, timeoutMs);
    } catch (cause) {
      failure = cause ?? new Error("The list failed.");
    }
    if (reading?.since === since) reading = undefined;
    triedAt = since;
    readAheadMs = jittered(maxAgeMs / 2);
    if (since - prunedAt >= pruneIntervalMs) {
      copy.prune(since / 1000);
      prunedAt = since;
    }
    onEnd(failure);
  }

  /** Shared, unless it takes too long: on Workers it may have ended with the request that began it. */
  function read(now: number): Promise<void> {
    if (!reading || now - reading.since > timeoutMs || now < reading.since) {
      reading = { since: now, work: attempt(now) };
    }
    return reading.work;
  }

  return {
    age: () => clock.now() - readAt,

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
