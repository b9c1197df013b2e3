import { saveAll } from "../../../adapters/memory/store/save-point.ts";
import type { AppClient } from "../pool/app-client.ts";
import { saveResources } from "../pool/pool-resources.ts";
import type { Directory, GroupDetails, UserPool } from "./directory.ts";

/** Remembers every pool, client, user, session and code as they are now, and gives what brings them back. */
export function saveDirectory({ pools, clients, signIns }: Directory): () => void {
  const saved = {
    pools: [...pools.values()].map(savePool),
    clients: new Map<string, AppClient>(clients),
  };
  const restoreSignIns = saveAll(Object.values(signIns));
  return () => {
    pools.clear();
    for (const { pool, restore } of saved.pools) {
      restore();
      pools.set(pool.id, pool);
    }
    refill(clients, saved.clients);
    restoreSignIns();
  };
}

function savePool(pool: UserPool) {
  const groups = new Map<string, GroupDetails>(pool.groups);
  const devices = new Map(pool.devices);
  const restoreEngine = pool.engine.save();
  const restoreResources = saveResources(pool.resources);
  return {
    pool,
    restore() {
      restoreEngine();
      restoreResources();
      refill(pool.groups, groups);
      refill(pool.devices, devices);
    },
  };
}

function refill<Key, Value>(target: Map<Key, Value>, source: ReadonlyMap<Key, Value>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}
