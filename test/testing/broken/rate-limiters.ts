import type { RateLimit } from "../../../src/domain/rate-limit.ts";
import type { RateLimiter } from "../../../src/ports/index.ts";

/** A limiter that breaks one rule, and the case that sees it. */
export interface BrokenLimiter {
  readonly fault: string;
  readonly caughtBy: string;
  readonly breakLimiter: (limiter: RateLimiter) => Partial<RateLimiter>;
}

export const brokenRateLimiters: readonly BrokenLimiter[] = [
  {
    fault: "grants one too many",
    caughtBy: "taking: grants the quota at once, and then no more",
    breakLimiter: ({ take }) => ({ take: (limits) => take(limits.map(withOneMore)) }),
  },
  {
    fault: "says that there is always more at once",
    caughtBy: "taking: tells what is left, and when there is more",
    breakLimiter: ({ take }) => ({
      async take(limits) {
        const decision = await take(limits);
        return {
          ...decision,
          statuses: decision.statuses.map((status) => ({ ...status, resetSeconds: 0 })),
        };
      },
    }),
  },
  {
    fault: "gives nothing back as time goes by",
    caughtBy: "taking: grants one more for each part of the window that goes by",
    breakLimiter: ({ take }) => ({
      take: (limits) => take(limits.map((limit) => ({ ...limit, windowSeconds: 1e6 }))),
    }),
  },
  {
    fault: "is put off by each try",
    caughtBy: "taking: is not put off by tries that were refused",
    breakLimiter({ take }) {
      const refusals = new Map<string, number>();
      return {
        async take(limits) {
          const decision = await take(limits);
          const id = JSON.stringify(limits);
          const before = refusals.get(id) ?? 0;
          if (!decision.isAllowed) refusals.set(id, before + 1);
          return { ...decision, isAllowed: decision.isAllowed && before < 5 };
        },
      };
    },
  },
  {
    fault: "counts for the limits that had something left",
    caughtBy: "taking: where one limit has nothing left, counts for none",
    breakLimiter: ({ take }) => ({ take: (limits) => takeEach(take, limits) }),
  },
  {
    fault: "takes small letters and capitals for the same",
    caughtBy: "taking: keeps policies and keys apart, whatever they are called",
    breakLimiter: ({ take }) => ({
      take: (limits) => take(limits.map((limit) => ({ ...limit, key: limit.key.toLowerCase() }))),
    }),
  },
  {
    fault: "refuses where nothing is limited",
    caughtBy: "taking: allows where nothing is limited",
    breakLimiter: ({ take }) => ({
      take: async (limits) =>
        limits.length === 0 ? { isAllowed: false, statuses: [] } : take(limits),
    }),
  },
  {
    fault: "looks first and counts later",
    caughtBy: "concurrency: grants no more than the quota to fifty at once",
    breakLimiter: ({ take, read }) => ({
      async take(limits) {
        const statuses = await read(limits);
        const isAllowed = statuses.every(({ remaining }) => remaining > 0);
        await new Promise((resolve) => setTimeout(resolve));
        return isAllowed ? { ...(await take(limits)), isAllowed } : { isAllowed, statuses };
      },
    }),
  },
  {
    fault: "keeps what it is to give back",
    caughtBy: "giving back: lets as many more go on",
    breakLimiter: () => ({ giveBack: async () => undefined }),
  },
  {
    fault: "gives more than it took",
    caughtBy: "giving back: gives no more than the quota",
    breakLimiter({ take, giveBack }) {
      let extra = 0;
      return {
        async giveBack(limits) {
          extra += 1;
          await giveBack(limits);
        },
        async take(limits) {
          const decision = await take(limits);
          if (decision.isAllowed || extra === 0) return decision;
          extra -= 1;
          return { ...decision, isAllowed: true };
        },
      };
    },
  },
  {
    fault: "gives one back in place of all",
    caughtBy: "resetting: forgets all that was counted, and nothing else",
    breakLimiter: ({ giveBack }) => ({ reset: giveBack }),
  },
  {
    fault: "counts those who look",
    caughtBy: "reading: tells how limits stand, and counts nothing",
    breakLimiter: ({ take }) => ({
      read: async (limits) => (await takeEach(take, limits)).statuses,
    }),
  },
  {
    fault: "counts for each process by itself",
    caughtBy: "sharing: counts what all processes take",
    breakLimiter() {
      // The harness opens one and the same limiter, so that this one forgets what another process would not know.
      return {
        take: async (limits) => ({
          isAllowed: true,
          statuses: limits.map((limit) => ({ limit, remaining: 2, resetSeconds: 0 })),
        }),
      };
    },
  },
  {
    fault: "is silent of an outage",
    caughtBy: "outage: says that the store cannot be reached",
    breakLimiter: () => ({}),
  },
];

function withOneMore(limit: RateLimit): RateLimit {
  return { ...limit, quota: limit.quota + 1 };
}

/** Counts for each limit by itself, in the place of for all or none. */
async function takeEach(take: RateLimiter["take"], limits: readonly RateLimit[]) {
  const decisions = [];
  for (const limit of limits) decisions.push(await take([limit]));
  return {
    isAllowed: decisions.every(({ isAllowed }) => isAllowed),
    statuses: decisions.flatMap(({ statuses }) => statuses),
  };
}
