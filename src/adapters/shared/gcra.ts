import type { RateLimit, RateLimitStatus } from "../../domain/rate-limit.ts";
import type { RateLimitDecision } from "../../ports/index.ts";

/** A limit, and all that is remembered of what was counted. */
export interface Bucket {
  readonly limit: RateLimit;
  /**
   * When all that was counted will have leaked out, in milliseconds: the theoretical arrival time of GCRA. A time that has
   * gone by is as good as none.
   */
  readonly emptyAt?: number | undefined;
}

/** Gives the id of a limit's bucket. No policy has a space in its name. */
export function bucketId({ policy, key }: RateLimit): string {
  return `${policy} ${key}`;
}

/** The milliseconds that one count takes to leak out. Whole, so that no rounding makes a quota one less. */
export function leakMs({ quota, windowSeconds }: RateLimit): number {
  return Math.max(1, Math.ceil((windowSeconds * 1000) / quota));
}

/**
 * Counts one for each limit if all have room, and for none else.
 *
 * @returns what is decided, and when each bucket is empty now, in the order in which they were given
 */
export function takeFrom(
  buckets: readonly Bucket[],
  now: number,
): RateLimitDecision & { readonly emptyAt: readonly number[] } {
  const isAllowed = buckets.every((bucket) => hasRoom(bucket, now));
  const after = buckets.map((bucket) => ({
    limit: bucket.limit,
    emptyAt: heldUntil(bucket, now) + (isAllowed ? leakMs(bucket.limit) : 0),
  }));
  return {
    isAllowed,
    statuses: after.map((bucket) => statusOf(bucket, now)),
    emptyAt: after.map(({ emptyAt }) => emptyAt),
  };
}

/** Gives one back, and tells when the bucket is empty then. */
export function giveBackTo(bucket: Bucket, now: number): number {
  return Math.max(now, heldUntil(bucket, now) - leakMs(bucket.limit));
}

/** Tells how a limit stands. */
export function statusOf(bucket: Bucket, now: number): RateLimitStatus {
  const { limit } = bucket;
  const leak = leakMs(limit);
  const heldMs = heldUntil(bucket, now) - now;
  const counted = Math.ceil(heldMs / leak);
  return {
    limit,
    remaining: limit.quota - counted,
    resetSeconds: counted === 0 ? 0 : Math.ceil((heldMs - (counted - 1) * leak) / 1000),
  };
}

function hasRoom(bucket: Bucket, now: number): boolean {
  return heldUntil(bucket, now) + leakMs(bucket.limit) <= fullUntil(bucket, now);
}

/** Never longer than of a full bucket, which a clock that was set back would keep full for as long. */
function heldUntil(bucket: Bucket, now: number): number {
  return Math.min(Math.max(bucket.emptyAt ?? now, now), fullUntil(bucket, now));
}

function fullUntil({ limit }: Bucket, now: number): number {
  return now + leakMs(limit) * limit.quota;
}
