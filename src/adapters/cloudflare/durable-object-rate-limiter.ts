import type { RateLimit, RateLimitStatus } from "../../domain/rate-limit.ts";
import type { RateLimitDecision, RateLimiter } from "../../ports/index.ts";
import { bucketId } from "../shared/gcra.ts";
import type { LimitCall } from "./shared-state-object.ts";
import { type SharedStateNamespace, stateObjects } from "./state-objects.ts";

/** The options of {@link createDurableObjectRateLimiter}. */
export interface DurableObjectRateLimiterOptions {
  /** The binding to the class `SharedStateObject`, as the Worker gets it in `env`. */
  readonly namespace: SharedStateNamespace;
  /** The beginning of the objects' names. @default "limits" */
  readonly name?: string;
  /** The time that a call may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/**
 * Counts in Durable Objects, for all isolates everywhere. Keys are spread over objects, which are asked side by side; where
 * one of them has nothing left, the others are given back what they had counted.
 *
 * @see https://developers.cloudflare.com/durable-objects/
 */
export function createDurableObjectRateLimiter(
  options: DurableObjectRateLimiterOptions,
): RateLimiter {
  const { namespace, name = "limits", timeoutMs = 1000 } = options;
  const objects = stateObjects("limits", { namespace, name, timeoutMs });

  const shardOf = (limit: RateLimit) => objects.shardOf(bucketId(limit));

  async function call(
    action: LimitCall["action"],
    limits: readonly RateLimit[],
  ): Promise<readonly RateLimitDecision[]> {
    const parts = [...Map.groupBy(limits, shardOf)].map(async ([shard, part]) => {
      const content: LimitCall = { action, limits: part };
      return (await objects.ask(shard, content)) as RateLimitDecision;
    });
    return Promise.all(parts);
  }

  return {
    async take(limits) {
      const decisions = await call("take", limits);
      const isAllowed = decisions.every((decision) => decision.isAllowed);
      const counted = isAllowed ? [] : decisions.filter((decision) => decision.isAllowed);
      const back = await call("give_back", counted.flatMap(limitsOf));
      return { isAllowed, statuses: inOrder(limits, [...decisions, ...back]) };
    },

    async giveBack(limits) {
      await call("give_back", limits);
    },

    async reset(limits) {
      await call("reset", limits);
    },

    read: async (limits) => inOrder(limits, await call("read", limits)),
  };
}

function limitsOf({ statuses }: RateLimitDecision): readonly RateLimit[] {
  return statuses.map(({ limit }) => limit);
}

/** Gives for each limit what was told of it last. */
function inOrder(
  limits: readonly RateLimit[],
  decisions: readonly RateLimitDecision[],
): readonly RateLimitStatus[] {
  const all = decisions.flatMap(({ statuses }) => statuses);
  return limits.flatMap(
    (limit) => all.findLast((status) => bucketId(status.limit) === bucketId(limit)) ?? [],
  );
}
