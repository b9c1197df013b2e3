import { wholeNumber } from "./settings.ts";
import { createWorkQueue, type WorkQueue } from "./work-queue.ts";

/** The most hashes at once unless the operator says otherwise: Node has four threads for this and for signatures. */
const mostAtOnce = 3;

/**
 * Makes a queue for hashes of passwords. Node, Bun and Deno hash on threads of a pool, on which the signatures of tokens
 * wait for their turn as well: so that a refresh never waits for a line of hashes, there are fewer at once than threads,
 * and a core is left. Workers have one thread for everything, which is given to other requests between two hashes.
 *
 * @param atOnce - the number of hashes at once. @default one less than there are cores, from one to three
 * @see https://nodejs.org/api/cli.html#uv_threadpool_sizesize
 */
export function createHashQueue(atOnce: number = usualAtOnce()): WorkQueue {
  return createWorkQueue({ atOnce, isBlocking: hasOneThread() });
}

let shared: WorkQueue | undefined;

/** Gives the queue of all providers in this process that are given none, as their hashes go to the same threads. */
export function sharedHashQueue(): WorkQueue {
  shared ??= createHashQueue();
  return shared;
}

/** Makes the schema of the setting for how many passwords are hashed at once. */
export function hashesAtOnce() {
  return wholeNumber(1, 64, "must be 1 to 64 hashes at once");
}

/** The runtime, as far as it tells of itself. */
const runtime: { readonly hardwareConcurrency?: number; readonly userAgent?: string } =
  globalThis.navigator ?? {};

function usualAtOnce(): number {
  const { hardwareConcurrency: cores = 1 } = runtime;
  return Math.min(mostAtOnce, Math.max(1, cores - 1));
}

function hasOneThread(): boolean {
  return runtime.userAgent === "Cloudflare-Workers";
}
