import type { KeySetCache } from "../../ports/index.ts";

/** The part of a Workers KV namespace that is used. */
export interface KvNamespace {
  get(key: string): Promise<string | null>;
  put(key: string, value: string, options: { readonly expirationTtl: number }): Promise<void>;
}

/** The options of {@link createCacheApiKeySetCache}. */
export interface CacheApiKeySetCacheOptions {
  /** @default "portico-key-sets" */
  readonly name?: string;
  /** @default the runtime's */
  readonly caches?: Pick<CacheStorage, "open">;
}

/** Shortest time that KV keeps anything, in seconds. */
const kvMinimumSeconds = 60;

/**
 * Shares key sets among the isolates of one data centre, through the Workers Cache API. Needs no binding; does nothing
 * on `*.workers.dev`, where that has no effect.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/cache/
 * @example
 * createRemoteKeySet({ uri, cache: createCacheApiKeySetCache(), waitUntil });
 */
export function createCacheApiKeySetCache(options: CacheApiKeySetCacheOptions = {}): KeySetCache {
  const { name = "portico-key-sets" } = options;
  // Not kept, as what one request opened is of no use to the next.
  const open = () => (options.caches ?? caches).open(name);
  return {
    async get(uri) {
      const response = await (await open()).match(uri);
      return response?.text();
    },
    async put(uri, document, maxAgeSeconds) {
      const headers = {
        "content-type": "application/json",
        "cache-control": `max-age=${maxAgeSeconds}`,
      };
      await (await open()).put(uri, new Response(document, { headers }));
    },
  };
}

/**
 * Shares key sets among all isolates everywhere, through Workers KV: what one of them writes, others see within a
 * minute.
 *
 * @param namespace - the binding, as the Worker gets it in `env`
 * @see https://developers.cloudflare.com/kv/api/
 */
export function createKvKeySetCache(namespace: KvNamespace): KeySetCache {
  const keyOf = (uri: string) => `key-set:${uri}`;
  return {
    async get(uri) {
      return (await namespace.get(keyOf(uri))) ?? undefined;
    },
    async put(uri, document, maxAgeSeconds) {
      const expirationTtl = Math.max(kvMinimumSeconds, maxAgeSeconds);
      await namespace.put(keyOf(uri), document, { expirationTtl });
    },
  };
}
