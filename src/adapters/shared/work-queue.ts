import { IdentityError } from "../../domain/errors.ts";

/** A line for work that costs: so much of it at once, so much that waits, and no more. */
export interface WorkQueue {
  /**
   * Does a piece of work when it is its turn, in the order in which they came.
   *
   * @throws {IdentityError} `overloaded` — the line is too long, and nothing of the work was done
   */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** The bounds of a queue. */
export interface WorkQueueOptions {
  /** The number of pieces of work that are done at once. */
  readonly atOnce: number;
  /** The number of pieces of work that wait at the most. @default 500 */
  readonly mostWaiting?: number;
  /** The time after which work that waits is given up, in milliseconds. @default 2000 */
  readonly longestWaitMs?: number;
  /**
   * Whether other requests get a turn before each piece of work, where it would hold up the thread that answers them.
   *
   * @default false
   */
  readonly isBlocking?: boolean;
}

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: (reason: IdentityError) => void;
}

/**
 * Makes a queue. Who comes when it is full is refused at once, and who has waited too long in their turn: not before, so
 * that whoever comes back at once does not come back more often for it.
 */
export function createWorkQueue({
  atOnce,
  mostWaiting = 500,
  longestWaitMs = 2000,
  isBlocking = false,
}: WorkQueueOptions): WorkQueue {
  const line: Waiting[] = [];
  let running = 0;

  /** Not by the Clock, as wall time can step. */
  const now = () => performance.now();

  const overloaded = () =>
    new IdentityError("overloaded", { retryAfterSeconds: Math.ceil(longestWaitMs / 1000) });

  function turn(): Promise<void> {
    if (line.length >= mostWaiting) return Promise.reject(overloaded());
    return new Promise((start, refuse) => line.push({ since: now(), start, refuse }));
  }

  /** Gives the place of work that is done to the next in line. */
  function next(): void {
    const oldest = now() - longestWaitMs;
    let first = line.shift();
    for (; first && first.since < oldest; first = line.shift()) first.refuse(overloaded());
    if (first) first.start();
    else running -= 1;
  }

  return {
    async run(work) {
      if (running >= atOnce) await turn();
      else running += 1;
      try {
        if (isBlocking) await new Promise((resolve) => setTimeout(resolve, 0));
        return await work();
      } finally {
        next();
      }
    },
  };
}
