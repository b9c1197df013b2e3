import { bindingCall } from "./binding-call.ts";
import type { RevocationObjectNamespace } from "./durable-object-revocation-list.ts";

/** A binding to the class `SharedStateObject`, as the Worker gets it in `env`: the part of it that is used. */
export type SharedStateNamespace = RevocationObjectNamespace;

/** The objects that keep a kind of state among them, each its part of the keys. */
export interface StateObjects {
  /** Tells which object keeps a key: of one that never changes, always the same. */
  shardOf(key: string): number;
  /** @throws {IdentityError} `provider_unavailable` — the object does not answer in time, or not well */
  ask(shard: number, content: unknown): Promise<unknown>;
}

/** The number of objects of one kind. Each takes some hundred requests a second; a key stays where it is. */
const shards = 32;

/** Reaches the objects that keep a kind of state. */
export function stateObjects(
  kind: "limits" | "replays" | "work",
  options: {
    readonly namespace: SharedStateNamespace;
    readonly name: string;
    readonly timeoutMs: number;
  },
): StateObjects {
  const { namespace, name, timeoutMs } = options;

  async function post(shard: number, content: unknown): Promise<unknown> {
    // Not kept, as what one request opened is of no use to the next.
    const object = namespace.get(namespace.idFromName(`${name}-${shard}`));
    const init = { method: "POST", body: JSON.stringify(content) };
    const response = await object.fetch(`https://state.internal/${kind}`, init);
    if (!response.ok) throw new Error(`The object answered ${response.status}.`);
    return response.json();
  }

  return {
    shardOf: (key) => hashOf(key) % shards,
    ask: (shard, content) => bindingCall(post(shard, content), timeoutMs),
  };
}

/** FNV-1a, of 32 bits: spreads keys evenly, and keeps no secret. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
