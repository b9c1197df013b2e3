import type { SharedWork, WorkState } from "../../ports/index.ts";
import type { WorkCall } from "./shared-work-table.ts";
import { type SharedStateNamespace, stateObjects } from "./state-objects.ts";

/** The options of {@link createDurableObjectSharedWork}. */
export interface DurableObjectSharedWorkOptions {
  /** The binding to the class `SharedStateObject`, as the Worker gets it in `env`. */
  readonly namespace: SharedStateNamespace;
  /** The beginning of the objects' names. @default "work" */
  readonly name?: string;
  /** The time that a call may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/** Shares work in Durable Objects, for all isolates everywhere: what is of one key is in one object. */
export function createDurableObjectSharedWork(options: DurableObjectSharedWorkOptions): SharedWork {
  const { namespace, name = "work", timeoutMs = 1000 } = options;
  const objects = stateObjects("work", { namespace, name, timeoutMs });
  const ask = (call: WorkCall) => objects.ask(objects.shardOf(call.key), call);
  return {
    async claim(key, generation, seconds) {
      const claim = crypto.randomUUID();
      // Only the object answers it, which is ours.
      return (await ask({ action: "claim", key, claim, generation, seconds })) as WorkState;
    },

    async settle({ key, claim }, outcome) {
      return (await ask({ action: "settle", key, claim, ...outcome })) === true;
    },

    async release({ key, claim }) {
      await ask({ action: "release", key, claim });
    },
  };
}
