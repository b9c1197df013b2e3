import { objectState } from "./cloudflare/index.ts";
import { memoryState } from "./memory/index.ts";
import { redisState } from "./redis/index.ts";
import type { SharedStateModule } from "./shared/settings.ts";

/** Every place that `SHARED_STATE` can name: one line each. */
export const sharedStates = {
  memory: memoryState,
  redis: redisState,
  "durable-object": objectState,
} satisfies Record<string, SharedStateModule>;
