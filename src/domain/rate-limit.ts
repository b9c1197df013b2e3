/** A limit on how often something may happen for one key: up to the quota at once, and as the window goes by, again. */
export interface RateLimit {
  /** The name that `RateLimit-Policy` gives it, in lower snake_case: what is limited, and by what. */
  readonly policy: string;
  /** The one for whom it counts. Whoever makes it sees to it that it tells nobody's name or address to the store: see `limitKey`. */
  readonly key: string;
  /** The times that it may happen at once: a whole number of at least 1. */
  readonly quota: number;
  /** The seconds after which all of the quota is there again; a part of it comes back in a like part of them. */
  readonly windowSeconds: number;
}

/** The state of a limit. */
export interface RateLimitStatus {
  readonly limit: RateLimit;
  /** The times that it may happen now. */
  readonly remaining: number;
  /** The seconds after which it may happen once more than now; 0 where all of the quota is there. */
  readonly resetSeconds: number;
}
