import type { RateLimit } from "../../domain/rate-limit.ts";
import type { RateLimiter } from "../../ports/index.ts";

/** The options of {@link createStandbyRateLimiter}. */
export interface StandbyRateLimiterOptions {
  /** The limiter that all instances share. */
  readonly shared: RateLimiter;
  /** The one that stands in for it: it knows of this process alone. */
  readonly standby: RateLimiter;
  /** Tells which limits the standby may decide. Where it may not all of a call, the call fails as the store did. */
  readonly mayStandIn: (limit: RateLimit) => boolean;
  /** Hears once that the store cannot be reached, and once that it can again. */
  readonly onFailure: (failure: unknown) => void;
  readonly onRecovery: () => void;
}

/**
 * Makes a limiter that goes on by itself while the store cannot be reached, for limits that may: each instance then grants
 * the whole quota, which is better than that nobody signs in. Guesses at codes are none of these, as a code is short.
 */
export function createStandbyRateLimiter(options: StandbyRateLimiterOptions): RateLimiter {
  const { shared, standby, mayStandIn, onFailure, onRecovery } = options;
  let isDown = false;

  async function through<T>(
    limits: readonly RateLimit[],
    work: (limiter: RateLimiter) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await work(shared);
      if (isDown) onRecovery();
      isDown = false;
      return result;
    } catch (error) {
      if (!isDown) onFailure(error);
      isDown = true;
      if (!limits.every(mayStandIn)) throw error;
      return work(standby);
    }
  }

  return {
    take: (limits) => through(limits, (limiter) => limiter.take(limits)),
    giveBack: (limits) => through(limits, (limiter) => limiter.giveBack(limits)),
    reset: (limits) => through(limits, (limiter) => limiter.reset(limits)),
    read: (limits) => through(limits, (limiter) => limiter.read(limits)),
  };
}
