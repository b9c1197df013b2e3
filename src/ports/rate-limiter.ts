import type { RateLimit, RateLimitStatus } from "../domain/rate-limit.ts";

/**
 * A counter of what may happen only so often. Each limit is a bucket that leaks evenly (GCRA): `quota` at once, and then one
 * for every part `windowSeconds / quota` of the window that goes by.
 *
 * @see https://www.itu.int/rec/T-REC-I.371 the generic cell rate algorithm
 */
export interface RateLimiter {
  /**
   * Counts one for each of the limits, or for none of them if one has nothing left: whoever is refused uses up nobody's
   * share. Of concurrent calls, on all instances that share the store, no more than the quota get through. What is limited
   * is done after it, never before.
   *
   * @param limits - with another policy or key each
   * @throws {IdentityError} `provider_unavailable` — the store cannot be reached; nothing is known to be counted
   */
  take(limits: readonly RateLimit[]): Promise<RateLimitDecision>;

  /**
   * Gives one back for each of the limits, up to their quotas, as what was counted turned out to be none of what is to be
   * seldom. Of a key that nobody knows, it is no error.
   *
   * @throws {IdentityError} `provider_unavailable` — the store cannot be reached; the counts may be as they were
   */
  giveBack(limits: readonly RateLimit[]): Promise<void>;

  /**
   * Forgets all that was counted for the limits.
   *
   * @throws {IdentityError} `provider_unavailable` — the store cannot be reached; the counts may be as they were
   */
  reset(limits: readonly RateLimit[]): Promise<void>;

  /**
   * Tells how limits stand, and counts nothing.
   *
   * @throws {IdentityError} `provider_unavailable` — the store cannot be reached
   */
  read(limits: readonly RateLimit[]): Promise<readonly RateLimitStatus[]>;
}

/** The decision of a limiter. */
export interface RateLimitDecision {
  /** Whether all limits had something left, so that each was counted. */
  readonly isAllowed: boolean;
  /** How each limit stands now, in the order in which they were given. */
  readonly statuses: readonly RateLimitStatus[];
}
