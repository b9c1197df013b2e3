import { kvRevocations, objectRevocations } from "./cloudflare/index.ts";
import { memoryRevocations } from "./memory/index.ts";
import { redisRevocations } from "./redis/index.ts";
import type { RevocationListModule } from "./shared/settings.ts";

/** Every list that `REVOCATION_LIST` can name: one line each. */
export const revocationLists = {
  memory: memoryRevocations,
  redis: redisRevocations,
  kv: kvRevocations,
  "durable-object": objectRevocations,
} satisfies Record<string, RevocationListModule>;
