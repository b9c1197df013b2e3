import { describe, expect, it } from "vitest";
import {
  createCacheApiKeySetCache,
  createKvKeySetCache,
  type KvNamespace,
} from "../../../src/adapters/cloudflare/index.ts";

const uri = "https://issuer.example/.well-known/jwks.json";

/** The part of the Cache API that is used, as Workers have it. */
function cacheStorage() {
  const opened = new Map<string, Map<string, Response>>();
  const caches = {
    async open(name: string) {
      const entries = opened.get(name) ?? new Map<string, Response>();
      opened.set(name, entries);
      return {
        match: async (address: string) => entries.get(address)?.clone(),
        put: async (address: string, response: Response) => void entries.set(address, response),
      } as Cache;
    },
  };
  return { opened, caches };
}

describe("key sets in the Cache API", () => {
  it("are found under the address that they were put under", async () => {
    const { caches } = cacheStorage();
    const cache = createCacheApiKeySetCache({ caches });

    await cache.put(uri, '{"keys":[]}', 3_600);

    expect(await cache.get(uri)).toBe('{"keys":[]}');
    expect(await cache.get(`${uri}?`)).toBeUndefined();
  });

  it("are kept for as long as they are of use, in a cache of their own", async () => {
    const { opened, caches } = cacheStorage();

    await createCacheApiKeySetCache({ caches }).put(uri, "{}", 3_600);
    await createCacheApiKeySetCache({ caches, name: "mine" }).put(uri, "{}", 60);

    expect([...opened.keys()]).toEqual(["portico-key-sets", "mine"]);
    const headers = opened.get("portico-key-sets")?.get(uri)?.headers;
    expect(headers?.get("cache-control")).toBe("max-age=3600");
    expect(headers?.get("content-type")).toBe("application/json");
  });
});

describe("key sets in Workers KV", () => {
  function namespace() {
    const entries = new Map<string, { value: string; expirationTtl: number }>();
    const kv: KvNamespace = {
      get: async (key) => entries.get(key)?.value ?? null,
      async put(key, value, { expirationTtl }) {
        entries.set(key, { value, expirationTtl });
      },
    };
    return { entries, kv };
  }

  it("are found under the address that they were put under", async () => {
    const cache = createKvKeySetCache(namespace().kv);

    await cache.put(uri, '{"keys":[]}', 3_600);

    expect(await cache.get(uri)).toBe('{"keys":[]}');
    expect(await cache.get("https://other.example")).toBeUndefined();
  });

  it.each([
    [3_600, 3_600],
    [1, 60],
  ])("that are of use for %i seconds are kept for %i", async (maxAgeSeconds, expected) => {
    const { entries, kv } = namespace();

    await createKvKeySetCache(kv).put(uri, "{}", maxAgeSeconds);

    expect([...entries]).toEqual([[`key-set:${uri}`, { value: "{}", expirationTtl: expected }]]);
  });
});
