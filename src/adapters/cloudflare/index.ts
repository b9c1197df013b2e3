export {
  type CacheApiKeySetCacheOptions,
  createCacheApiKeySetCache,
  createKvKeySetCache,
  type KvNamespace,
} from "./key-set-caches.ts";
