export { kvRevocations, objectRevocations } from "./bound-revocations.ts";
export {
  createDurableObjectRevocationList,
  type DurableObjectRevocationListOptions,
  type RevocationObjectNamespace,
} from "./durable-object-revocation-list.ts";
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
