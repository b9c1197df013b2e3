import type { RateLimit, RateLimitStatus } from "../../domain/rate-limit.ts";
import type { RateLimiter } from "../../ports/index.ts";
import { keyedName } from "../shared/digest.ts";
import { type Secrets, secretsOf } from "../shared/secrets.ts";

/**
 * Makes a limiter that gives its store a keyed digest for each key, so that the store tells nobody who tries to sign in,
 * not even by a list of likely names, and every key is of the same length.
 *
 * While one secret takes the place of another, each is counted by: who has used a limit up by the old one has no new
 * tries by the new one, and once the old one is gone nothing has to be counted anew.
 *
 * @param secrets - the same on all instances that share the store, the newest first
 */
export function createKeyedRateLimiter(limiter: RateLimiter, secrets: Secrets): RateLimiter {
  const known = secretsOf(secrets);
  const all = async (limits: readonly RateLimit[]) =>
    Promise.all(limits.flatMap((limit) => known.map((secret) => digested(limit, secret))));

  /** The statuses of each limit, by the newest secret first. */
  const grouped = (limits: readonly RateLimit[], statuses: readonly RateLimitStatus[]) =>
    limits.map((limit, index) => ({
      limit,
      statuses: statuses.slice(index * known.length, (index + 1) * known.length),
    }));

  return {
    async take(limits) {
      const { isAllowed, statuses } = await limiter.take(await all(limits));
      const groups = grouped(limits, statuses);
      // Known to older secrets alone, it would be forgotten with them.
      const behind = isAllowed ? [] : groups.filter(isUnknownToNewest);
      if (behind.length > 0) {
        await limiter.take(behind.flatMap(({ statuses: [newest] }) => newest?.limit ?? []));
      }
      return { isAllowed, statuses: groups.flatMap(fewest) };
    },
    giveBack: async (limits) => limiter.giveBack(await all(limits)),
    reset: async (limits) => limiter.reset(await all(limits)),
    read: async (limits) => grouped(limits, await limiter.read(await all(limits))).flatMap(fewest),
  };
}

interface StatusesOfLimit {
  readonly limit: RateLimit;
  readonly statuses: readonly RateLimitStatus[];
}

function isUnknownToNewest({ limit, statuses: [newest, ...older] }: StatusesOfLimit): boolean {
  return newest?.remaining === limit.quota && older.some(({ remaining }) => remaining === 0);
}

/** Tells the least that is left by any secret, of the limit that was asked for in place of those with a digest. */
function fewest({ limit, statuses }: StatusesOfLimit): readonly RateLimitStatus[] {
  const [least] = statuses.toSorted((a, b) => a.remaining - b.remaining);
  return least ? [{ ...least, limit }] : [];
}

async function digested(limit: RateLimit, secret: string): Promise<RateLimit> {
  return { ...limit, key: await keyedName(secret, `${limit.policy} ${limit.key}`) };
}
