import * as z from "zod/mini";
import { defineRevocationList, type RevocationListModule, textThat } from "../shared/settings.ts";
import { createRedisRevocationList } from "./revocation-list.ts";

export {
  createRedisRevocationList,
  type RedisRevocationList,
  type RedisRevocationListOptions,
} from "./revocation-list.ts";

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
);
