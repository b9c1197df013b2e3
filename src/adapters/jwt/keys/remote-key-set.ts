import { IdentityError } from "../../../domain/errors.ts";
import type { JsonWebKeySet, KeySet } from "../../../ports/index.ts";
import { createKeyHolder } from "./held-keys.ts";
import { createKeyFetcher } from "./key-fetcher.ts";
import { createRefreshBudget, type RefreshBudget } from "./refresh-budget.ts";
import { type RemoteKeySetOptions, readOptions } from "./remote-key-set-options.ts";

/** A key set that is fetched. */
export interface RemoteKeySet extends KeySet {
  /**
   * Fetches the keys before the first token needs them, so that no request waits for that.
   *
   * @throws {IdentityError} `keys_unavailable` — it did not work. Start all the same: later calls try again
   */
  warmUp(): Promise<void>;
}

/**
 * Makes a key set of the one that a provider publishes. What happens when:
 *
 * - No keys at hand: a call fetches them, and all calls meanwhile wait for that one fetch.
 * - Keys younger than half of `maxAgeMs` are used without a fetch; older ones are used while a fetch goes on in the
 *   background. A call that finds them past `maxAgeMs`, as after a pause, waits for the fetch.
 * - A fetch that fails, in whatever way, leaves the keys at hand in use to the end of `maxStaleMs`. Meanwhile fetches
 *   go on in the background, and no call waits for them.
 * - No keys at hand and none to be had, or none younger than `maxStaleMs`: `keys_unavailable`. It heals by itself with
 *   the first call after the cooldown that finds the provider well.
 * - A token names a key that is not at hand: see {@link createRefreshBudget}. Invented key ids cost one fetch in a
 *   cooldown; a changed key is accepted at once, or half a second after a flood of invented ones, or after a cooldown at
 *   the latest. Where the keys cannot be had that is `keys_unavailable`, as there may well be such a key; and so it is,
 *   without a fetch, for a key that is published too weak to be trusted, or broken.
 * - No fetch starts within a cooldown of one that failed, whatever it is for. No timer runs between calls: a key set
 *   that nobody asks does nothing.
 *
 * A fetch takes `timeoutMs` at most and follows no redirect. Of the answer 64 KB are read, and it must be a JWK set of at
 * most 16 keys to verify with, whatever else is in it; one that publishes a secret key is refused as a whole. Of two keys
 * that have one id, type and algorithm neither is used.
 *
 * On Workers calls share a fetch among the requests that one isolate has in hand. Should the request that started it end
 * before it, the others stop waiting at the deadline and the next call starts anew: give `waitUntil` to keep that from
 * happening, and a `cache` to share keys among isolates.
 *
 * @throws {TypeError} for an address that anyone between could answer for, a seed that is no key set, or times out of range
 * @example
 * const keys = createRemoteKeySet({ uri: "https://issuer.example/.well-known/jwks.json" });
 */
export function createRemoteKeySet(options: RemoteKeySetOptions): RemoteKeySet {
  const settings = readOptions(options);
  const budget = createRefreshBudget(settings);
  const held = createKeyHolder(settings);
  const fetcher = createKeyFetcher(settings, held, budget);

  const isFailing = () => budget.last()?.isOk === false;
  const mayFetch = () => fetcher.isFetching() || budget.waitMs() === 0;

  /** Waits for a fetch. How it ended is in the budget, and what it brought is at hand. */
  const fetchKeys = (keyId?: string) => fetcher.fetch(keyId).catch(() => undefined);

  async function obtain(): Promise<JsonWebKeySet> {
    if (mayFetch()) await fetchKeys();
    const answer = held.answer();
    if (!answer) throw unavailable(budget);
    return answer;
  }

  function mayLookFor(keyId: string): boolean {
    if (!fetcher.isFetching()) return budget.admits(keyId);
    budget.joined(keyId);
    return true;
  }

  async function refresh(keyId?: string): Promise<JsonWebKeySet> {
    if (keyId !== undefined && held.isUnusable(keyId)) throw unavailable(budget, unusableKey());
    if (keyId === undefined ? mayFetch() : mayLookFor(keyId)) await fetchKeys(keyId);
    const answer = held.answer();
    if (!answer || isFailing()) throw unavailable(budget);
    return answer;
  }

  return {
    current() {
      const freshness = held.freshness();
      if (freshness === "stale" && !isFailing()) return obtain();
      if (freshness !== "fresh" && !fetcher.isFetching() && mayFetch()) void fetchKeys();
      return held.answer(freshness) ?? obtain();
    },
    refresh,
    async warmUp() {
      if (held.freshness() !== "fresh") await refresh();
    },
  };
}

function unavailable(budget: RefreshBudget, cause = failureOf(budget)): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(budget.waitMs() / 1000));
  return new IdentityError("keys_unavailable", { retryAfterSeconds, cause });
}

function failureOf(budget: RefreshBudget): unknown {
  const last = budget.last();
  return last?.isOk === false ? last.failure : undefined;
}

function unusableKey(): Error {
  return new Error("The provider publishes that key in a form that cannot be used.");
}
