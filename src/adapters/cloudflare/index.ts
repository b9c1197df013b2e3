export { kvRevocations, objectRevocations, objectState } from "./bound-state.ts";
export {
  createDurableObjectRateLimiter,
  type DurableObjectRateLimiterOptions,
} from "./durable-object-rate-limiter.ts";
export {
  createDurableObjectReplayStore,
  type DurableObjectReplayStoreOptions,
} from "./durable-object-replay-store.ts";
export {
  createDurableObjectRevocationList,
  type DurableObjectRevocationListOptions,
  type RevocationObjectNamespace,
} from "./durable-object-revocation-list.ts";
export {
  createDurableObjectSharedWork,
  type DurableObjectSharedWorkOptions,
} from "./durable-object-shared-work.ts";
export {
  type CacheApiKeySetCacheOptions,
  createCacheApiKeySetCache,
  createKvKeySetCache,
  type KvNamespace,
} from "./key-set-caches.ts";
export {
  createKvRevocationList,
  type KvRevocationListOptions,
  type RevocationNamespace,
} from "./kv-revocation-list.ts";
export {
  RevocationListObject,
  type RevocationListObjectState,
} from "./revocation-list-object.ts";
export { SharedStateObject } from "./shared-state-object.ts";
export type { SharedStateNamespace } from "./state-objects.ts";
export { createWorkersTracer, type WorkersTracing } from "./tracer.ts";
