import { withinDeadline } from "../../shared/deadline.ts";
import { fetchDocument } from "./fetch-document.ts";
import type { KeyHolder } from "./held-keys.ts";
import type { FetchOutcome, RefreshBudget } from "./refresh-budget.ts";
import type { RemoteKeySetSettings } from "./remote-key-set-options.ts";
import { readSharedKeys, writeSharedKeys } from "./shared-document.ts";
import { vetSomeKeys } from "./vetted-keys.ts";

/** Gets keys into hand, one fetch at a time. */
export interface KeyFetcher {
  isFetching(): boolean;
  /**
   * Waits for the fetch under way, or for one that it starts.
   *
   * @param keyId - the key that a new fetch is for, where it is for one
   * @throws {unknown} whatever made the fetch fail
   */
  fetch(keyId?: string): Promise<void>;
}

interface Fetching {
  readonly work: Promise<void>;
  readonly startedAt: number;
  readonly keyId: string | undefined;
}

/** Makes a fetcher that fills a holder with keys and tells the budget of each fetch. */
export function createKeyFetcher(
  settings: RemoteKeySetSettings,
  held: KeyHolder,
  budget: RefreshBudget,
): KeyFetcher {
  const { clock, timeoutMs } = settings;
  let latest: Fetching | undefined;

  /** Leaves out a fetch that the runtime gave up without a word, as Workers do when the request that started it ends. */
  function underWay(): Fetching | undefined {
    const isAlive = latest && Math.abs(clock.now() - latest.startedAt) <= timeoutMs;
    return isAlive ? latest : undefined;
  }

  function start(keyId: string | undefined): Promise<void> {
    const isLate = () => latest !== fetching;
    const work = load(settings, held, { keyId, isLate });
    const fetching: Fetching = { work, startedAt: clock.now(), keyId };
    latest = fetching;
    const done = join(fetching);
    settings.waitUntil(done.catch(() => undefined));
    return done;
  }

  async function join(shared: Fetching): Promise<void> {
    const { work, keyId } = shared;
    try {
      await withinDeadline(work, timeoutMs);
      end(shared, { isOk: true, isFound: keyId !== undefined && held.has(keyId) });
    } catch (failure) {
      end(shared, { isOk: false, failure });
      throw failure;
    }
  }

  /** Counts a fetch once, for whoever learns first how it ended. */
  function end(shared: Fetching, outcome: FetchOutcome): void {
    if (latest !== shared) return;
    latest = undefined;
    budget.ended(outcome);
    if (!outcome.isOk) settings.onFailure(outcome.failure);
  }

  return {
    isFetching: () => underWay() !== undefined,
    async fetch(keyId) {
      const shared = underWay();
      await (shared ? join(shared) : start(keyId));
    },
  };
}

interface Purpose {
  readonly keyId: string | undefined;
  /** Tells whether the fetch was given up meanwhile: what it brings may be older than what is at hand. */
  readonly isLate: () => boolean;
}

/** Takes newer keys: another instance's where they will do, or else the provider's. */
async function load(
  settings: RemoteKeySetSettings,
  held: KeyHolder,
  { keyId, isLate }: Purpose,
): Promise<void> {
  const shared = await readSharedKeys(settings);
  if (shared && held.isOlderThan(shared)) {
    held.take(shared);
    if (keyId === undefined ? held.freshness() === "fresh" : held.has(keyId)) return;
  }
  const at = settings.clock.now();
  const fetched = { at, ...vetSomeKeys(await fetchDocument(settings)) };
  if (isLate()) return;
  held.take(fetched);
  await writeSharedKeys(settings, fetched);
}
