import type { ReplayStore } from "../../ports/index.ts";
import { type SharedStateNamespace, stateObjects } from "./state-objects.ts";

/** The options of {@link createDurableObjectReplayStore}. */
export interface DurableObjectReplayStoreOptions {
  /** The binding to the class `SharedStateObject`, as the Worker gets it in `env`. */
  readonly namespace: SharedStateNamespace;
  /** The beginning of the objects' names. @default "replays" */
  readonly name?: string;
  /** The time that a call may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
}

/** Remembers in Durable Objects what may be used once, for all isolates everywhere. */
export function createDurableObjectReplayStore(
  options: DurableObjectReplayStoreOptions,
): ReplayStore {
  const { namespace, name = "replays", timeoutMs = 1000 } = options;
  const objects = stateObjects("replays", { namespace, name, timeoutMs });
  return {
    async add(id, until) {
      const content = { id, until: until * 1000 };
      const answer = (await objects.ask(objects.shardOf(id), content)) as {
        readonly isNew: boolean;
      };
      return answer.isNew;
    },
  };
}
