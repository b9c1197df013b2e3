import * as z from "zod/mini";
import {
  defineRevocationList,
  defineSharedState,
  type RevocationListModule,
  type SharedStateModule,
  textThat,
} from "../shared/settings.ts";
import { createRedisRateLimiter } from "./rate-limiter.ts";
import { createRedisRevocationList } from "./revocation-list.ts";
import { checkRedisSetUp } from "./set-up.ts";
import { createRedisSharedWork } from "./shared-work.ts";

export {
  createRedisRateLimiter,
  type RedisRateLimiter,
  type RedisRateLimiterOptions,
} from "./rate-limiter.ts";
export {
  createRedisReplayStore,
  type RedisReplayStore,
  type RedisReplayStoreOptions,
} from "./replay-store.ts";
export {
  createRedisRevocationList,
  type RedisRevocationList,
  type RedisRevocationListOptions,
} from "./revocation-list.ts";

export {
  createRedisSharedWork,
  type RedisSharedWork,
  type RedisSharedWorkOptions,
} from "./shared-work.ts";

const schema = () =>
  z.object({
    REDIS_URL: textThat(
      (text) => /^rediss?:\/\/./.test(text) && URL.canParse(text),
      "must be redis://user:password@host:port/database, or rediss://… for TLS",
    ),
  });

/** The revocations of the service, in Redis. */
export const redisRevocations: RevocationListModule = defineRevocationList(
  schema,
  ({ REDIS_URL: url }, clock) => createRedisRevocationList({ url, clock }),
  ({ REDIS_URL: url }) => checkRedisSetUp(url),
);

/** All that the instances of the service share, in Redis. */
export const redisState: SharedStateModule = defineSharedState(
  schema,
  ({ REDIS_URL: url }, clock) => ({
    limiter: createRedisRateLimiter({ url }),
    revocations: createRedisRevocationList({ url, clock }),
    // Longer than a limit waits, as a refresh that is made twice may end the session.
    work: createRedisSharedWork({ url, timeoutMs: 3000 }),
  }),
  ({ REDIS_URL: url }) => checkRedisSetUp(url),
);
