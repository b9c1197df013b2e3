import type { Clock, JsonWebKeySet } from "../../../ports/index.ts";
import { jittered } from "../../shared/jitter.ts";
import type { VettedKeys } from "./vetted-keys.ts";

/** Keys and when they were fetched, in milliseconds since the epoch. */
export interface HeldKeys extends VettedKeys {
  readonly at: number;
}

/** The age of keys: nothing to do, time to fetch newer ones, high time, or too late to take them at all. */
export type Freshness = "fresh" | "aging" | "stale" | "expired";

/** The keys at hand. */
export interface KeyHolder {
  /** Tells how old they are; none at all are expired. */
  freshness(): Freshness;
  /**
   * Gives them, as the same object until there are others: nothing where they are expired.
   *
   * @param freshness - as told a moment ago: each look at the clock takes a fifth of the time of a token that is kept
   */
  answer(freshness?: Freshness): Promise<JsonWebKeySet> | undefined;
  has(keyId: string): boolean;
  isUnusable(keyId: string): boolean;
  /** Tells whether keys from elsewhere were fetched later than those at hand. */
  isOlderThan(keys: HeldKeys): boolean;
  take(keys: HeldKeys): void;
}

/** The options of {@link createKeyHolder}: the clock, and the ages in milliseconds at which something happens. */
export interface KeyHolderOptions {
  readonly clock: Clock;
  readonly maxAgeMs: number;
  readonly maxStaleMs: number;
  readonly seed: VettedKeys | undefined;
}

/** The part of their maximum age at which it is time to fetch newer keys; earlier by up to a tenth of it at random. */
const agingFrom = 0.5;

/** Makes a holder of keys, with the seed in it where there is one. */
export function createKeyHolder(options: KeyHolderOptions): KeyHolder {
  const { clock, maxAgeMs, maxStaleMs, seed } = options;
  let held: HeldKeys | undefined;
  let answer: Promise<JsonWebKeySet> | undefined;
  let agingMs = 0;

  function freshness(): Freshness {
    // Not before somebody asks, as Workers have no time while they load. Nobody knows how old a seed is.
    if (!held && seed) take({ ...seed, at: clock.now() - maxAgeMs * agingFrom });
    if (!held) return "expired";
    const age = clock.now() - held.at;
    // A clock that was set back says nothing about how old they are.
    if (age < 0) return "aging";
    if (age < agingMs) return "fresh";
    if (age < maxAgeMs) return "aging";
    return age < maxStaleMs ? "stale" : "expired";
  }

  function take(keys: HeldKeys): void {
    if (JSON.stringify(held?.keys) !== JSON.stringify(keys.keys)) {
      answer = Promise.resolve({ keys: keys.keys });
    }
    held = keys;
    agingMs = jittered(maxAgeMs * agingFrom);
  }

  return {
    freshness,
    answer: (now = freshness()) => (now === "expired" ? undefined : answer),
    has: (keyId) => held?.keys.some(({ kid }) => kid === keyId) ?? false,
    isUnusable: (keyId) => held?.unusableKeyIds.has(keyId) ?? false,
    isOlderThan: (keys) => !held || held.at < keys.at,
    take,
  };
}
