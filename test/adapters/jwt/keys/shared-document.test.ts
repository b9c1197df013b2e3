import { beforeAll, describe, expect, it } from "vitest";
import {
  createRemoteKeySet,
  type RemoteKeySetOptions,
} from "../../../../src/adapters/jwt/index.ts";
import type { KeySetCache, PublicJsonWebKey } from "../../../../src/ports/index.ts";
import { timed } from "../../../support/timed.ts";
import { adjustableClock, nowSeconds, signingKey } from "../token-signer.ts";

const uri = "https://issuer.example/jwks.json";
const minute = 60_000;

let first: PublicJsonWebKey;
let second: PublicJsonWebKey;

beforeAll(async () => {
  first = (await signingKey("access-1")).jwk;
  second = (await signingKey("access-2")).jwk;
});

/** A key set with a cache, a provider that publishes what it is told to, and a record of all three. */
function world(options: Partial<RemoteKeySetOptions> = {}) {
  const clock = adjustableClock();
  const provider: { keys: readonly PublicJsonWebKey[] | Error; requests: number } = {
    keys: [first],
    requests: 0,
  };
  const failures: unknown[] = [];
  const cache = memoryCache();
  const keys = createRemoteKeySet({
    uri,
    clock,
    cache,
    onFailure: (failure) => failures.push(failure),
    fetch: async () => {
      provider.requests += 1;
      if (provider.keys instanceof Error) throw provider.keys;
      return Response.json({ keys: provider.keys });
    },
    ...options,
  });
  return { clock, provider, failures, cache, keys };
}

function memoryCache() {
  const entries = new Map<string, { document: string; maxAgeSeconds: number }>();
  const cache: KeySetCache = {
    get: async (address) => entries.get(address)?.document,
    async put(address, document, maxAgeSeconds) {
      entries.set(address, { document, maxAgeSeconds });
    },
  };
  return { ...cache, entries };
}

const idsOf = ({ keys }: { readonly keys: readonly PublicJsonWebKey[] }) =>
  keys.map(({ kid }) => kid);

const document = (fetchedAt: number, ...keys: readonly unknown[]) =>
  JSON.stringify({ fetchedAt, keys });

describe("keys that were fetched", () => {
  it("are given to the cache, with the time and for as long as they may be used", async () => {
    const { keys, cache, clock } = world({ maxStaleMs: 7_200_500 });

    await keys.current();

    expect([...cache.entries]).toEqual([
      [uri, { document: document(clock.time, first), maxAgeSeconds: 7_201 }],
    ]);
  });

  it("are taken from the cache while they are fresh", async () => {
    const { keys, cache, clock, provider } = world();
    await cache.put(uri, document(clock.time - 4 * minute, first), 60);

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(provider.requests).toBe(0);
  });

  it("are fetched anew where those in the cache are no longer fresh", async () => {
    const { keys, cache, clock, provider } = world();
    await cache.put(uri, document(clock.time - 6 * minute, second), 60);

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(provider.requests).toBe(1);
  });

  it("are taken from the cache, however old, where the provider is down", async () => {
    const { keys, cache, clock, provider } = world();
    provider.keys = new TypeError("down");
    await cache.put(uri, document(clock.time - 300 * minute, second), 60);

    await expect(keys.current()).resolves.toEqual({ keys: [second] });

    clock.time += 61 * minute;
    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  it("are not replaced by older ones from the cache", async () => {
    const { keys, cache, clock, provider } = world();
    await keys.current();
    await cache.put(uri, document(clock.time - 1, second), 60);
    clock.time += 6 * minute;
    provider.keys = new TypeError("down");

    await keys.current();
    await new Promise((resolve) => setTimeout(resolve, 10));

    expect(idsOf(await keys.current())).toEqual(["access-1"]);
  });

  it("are as old as they can be where another instance's clock is ahead", async () => {
    const { keys, cache, clock, provider } = world();
    await cache.put(uri, document(clock.time + 10 * minute, first), 60);
    await keys.current();
    expect(provider.requests).toBe(0);

    cache.entries.clear();
    clock.time += 11 * minute;
    await keys.current();

    expect(provider.requests).toBe(1);
  });
});

describe("an unknown key", () => {
  it("is looked for in the cache before the provider is asked", async () => {
    const { keys, cache, clock, provider } = world();
    await keys.current();
    clock.time += 1_000;
    await cache.put(uri, document(clock.time, first, second), 60);

    expect(idsOf(await keys.refresh("access-2"))).toEqual(["access-1", "access-2"]);

    expect(provider.requests).toBe(1);
  });

  it("is looked for at the provider where the cache does not have it", async () => {
    const { keys, cache, clock, provider } = world();
    await keys.current();
    clock.time += 1_000;
    await cache.put(uri, document(clock.time, first), 60);
    provider.keys = [first, second];

    expect(idsOf(await keys.refresh("access-2"))).toEqual(["access-1", "access-2"]);

    expect(provider.requests).toBe(2);
  });
});

describe("a cache", () => {
  it.each([
    ["fails", () => Promise.reject(new Error("down"))],
    ["holds no JSON", async () => "<html>"],
    ["holds a secret key", async () => document(0, { kty: "oct", k: "AA" })],
    ["holds no usable key", async () => document(0)],
  ])("that %s is told of and gone without", async (_what, get) => {
    const { keys, failures, provider } = world({ cache: { get, put: async () => undefined } });

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(provider.requests).toBe(1);
    expect(failures).toEqual([expect.any(Error)]);
  });

  it.each([
    ["nothing", async () => undefined],
    ["null", async () => "null"],
    ["keys without their time", async () => JSON.stringify({ keys: [second] })],
    [
      "keys with their time in text",
      async () => JSON.stringify({ fetchedAt: `${nowSeconds * 1000}`, keys: [second] }),
    ],
  ])("that holds %s is nothing to tell of", async (_what, get) => {
    const { keys, failures } = world({ cache: { get, put: async () => undefined } });

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(failures).toEqual([]);
  });

  it("that takes nothing is told of and gone without", async () => {
    const down = new Error("full");
    const cache = { get: async () => undefined, put: () => Promise.reject(down) };
    const { keys, failures } = world({ cache });

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(failures).toEqual([down]);
  });

  it("that never answers holds a fetch up for a quarter of a second", timed, async () => {
    const never = () => new Promise<never>(() => undefined);
    const { keys } = world({ cache: { get: never, put: never } });
    const startedAt = performance.now();

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});
