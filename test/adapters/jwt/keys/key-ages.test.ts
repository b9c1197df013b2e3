import { beforeAll, describe, expect, it } from "vitest";
import {
  createRemoteKeySet,
  type RemoteKeySetOptions,
} from "../../../../src/adapters/jwt/index.ts";
import type { PublicJsonWebKey } from "../../../../src/ports/index.ts";
import { adjustableClock, signingKey } from "../token-signer.ts";

const uri = "https://issuer.example/jwks.json";
const minute = 60_000;
const hour = 60 * minute;

let first: PublicJsonWebKey;
let second: PublicJsonWebKey;

beforeAll(async () => {
  first = (await signingKey("access-1")).jwk;
  second = (await signingKey("access-2")).jwk;
});

/** A key set of a provider that publishes what it is told to, and waits until it is told. */
function world(options: Partial<RemoteKeySetOptions> = {}) {
  const clock = adjustableClock();
  const provider = {
    keys: [first] as readonly PublicJsonWebKey[] | Error,
    requests: 0,
    gate: Promise.resolve(),
  };
  const failures: unknown[] = [];
  const background: Promise<unknown>[] = [];
  const keys = createRemoteKeySet({
    uri,
    clock,
    onFailure: (failure) => failures.push(failure),
    waitUntil: (work) => background.push(work),
    fetch: async () => {
      provider.requests += 1;
      await provider.gate;
      if (provider.keys instanceof Error) throw provider.keys;
      return Response.json({ keys: provider.keys });
    },
    ...options,
  });
  return { clock, provider, failures, background, keys };
}

const settled = (background: readonly Promise<unknown>[]) => Promise.allSettled(background);

describe("keys at hand", () => {
  it("are used without a fetch while they are young", async () => {
    const { keys, clock, provider } = world();
    await keys.current();

    clock.time += 4.5 * minute - 1;
    await keys.current();

    expect(provider.requests).toBe(1);
  });

  it("are used while newer ones are fetched from half of their age on, by one call", async () => {
    const { keys, clock, provider, background } = world();
    await keys.current();
    const gate = Promise.withResolvers<void>();
    provider.gate = gate.promise;
    provider.keys = [second];
    clock.time += 5 * minute;

    const burst = await Promise.all(Array.from({ length: 50 }, () => keys.current()));

    expect(provider.requests).toBe(2);
    for (const keySet of burst) expect(keySet).toEqual({ keys: [first] });
    gate.resolve();
    await settled(background);
    await expect(keys.current()).resolves.toEqual({ keys: [second] });
  });

  it("are the same object until there are others", async () => {
    const { keys, clock, background } = world();
    const before = await keys.current();
    clock.time += 5 * minute;
    await keys.current();
    await settled(background);

    expect(await keys.current()).toBe(before);
  });

  it("are waited for once they are past their age", async () => {
    const { keys, clock, provider } = world();
    await keys.current();
    provider.keys = [second];
    clock.time += 10 * minute;

    const burst = await Promise.all(Array.from({ length: 50 }, () => keys.current()));

    for (const keySet of burst) expect(keySet).toEqual({ keys: [second] });
    expect(provider.requests).toBe(2);
  });

  it("are used on where waiting for newer ones fails, and nothing is waited for after that", async () => {
    const { keys, clock, provider, failures } = world();
    await keys.current();
    provider.keys = new TypeError("down");
    clock.time += 10 * minute;
    await expect(keys.current()).resolves.toEqual({ keys: [first] });
    provider.gate = new Promise(() => undefined);
    clock.time += 10_000;

    await expect(keys.current()).resolves.toEqual({ keys: [first] });

    expect(provider.requests).toBe(3);
    expect(failures).toEqual([provider.keys]);
  });

  it("are fetched once in a cooldown while the provider is down", async () => {
    const { keys, clock, provider, background } = world();
    await keys.current();
    provider.keys = new TypeError("down");
    clock.time += hour;
    await keys.current();

    for (let seconds = 0; seconds < 60; seconds += 1) {
      clock.time += 1_000;
      await keys.current();
      await settled(background);
    }

    expect(provider.requests).toBeGreaterThanOrEqual(2 + 6);
    expect(provider.requests).toBeLessThanOrEqual(2 + 7);
  });

  it.each([
    ["six hours by default", {}, 6 * hour],
    ["as long as it says", { maxStaleMs: 2 * hour }, 2 * hour],
  ])("are used without the provider for %s", async (_what, options, most) => {
    const { keys, clock, provider } = world(options);
    await keys.current();
    provider.keys = new TypeError("down");

    clock.time += most - 1;
    await expect(keys.current()).resolves.toEqual({ keys: [first] });
    clock.time += 1;

    await expect(keys.current()).rejects.toMatchObject({
      code: "keys_unavailable",
      cause: provider.keys,
    });
  });

  it("are renewed by a clock that was set back", async () => {
    const { keys, clock, provider, background } = world();
    await keys.current();
    provider.keys = [second];
    clock.time -= hour;

    await expect(keys.current()).resolves.toEqual({ keys: [first] });
    await settled(background);

    await expect(keys.current()).resolves.toEqual({ keys: [second] });
    clock.time += 4 * minute;
    await keys.current();
    expect(provider.requests).toBe(2);
  });

  it("are not all renewed at one time by several instances", async () => {
    const ages = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { keys, clock, provider } = world();
        await keys.current();
        let seconds = 0;
        for (; provider.requests === 1; seconds += 1) {
          clock.time += 1_000;
          await keys.current();
        }
        return seconds;
      }),
    );

    expect(new Set(ages).size).toBeGreaterThan(3);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(270);
    expect(Math.max(...ages)).toBeLessThanOrEqual(300);
  });

  it("that are published too weak are said to be unavailable without a fetch", async () => {
    const { keys, provider } = world();
    provider.keys = [first, { ...second, e: "AQ" }];
    await keys.current();

    await expect(keys.refresh("access-2")).rejects.toMatchObject({
      code: "keys_unavailable",
      cause: expect.objectContaining({ message: expect.stringContaining("cannot be used") }),
    });

    expect(provider.requests).toBe(1);
  });
});

describe("a seed", () => {
  it("is used at once, while the first fetch goes on", async () => {
    const { keys, provider, background } = world({ seed: { keys: [second] } });

    await expect(keys.current()).resolves.toEqual({ keys: [second] });

    expect(provider.requests).toBe(1);
    await settled(background);
    await expect(keys.current()).resolves.toEqual({ keys: [first] });
  });

  it("lasts as long as other keys, from its first use on", async () => {
    const { keys, clock, provider } = world({ seed: { keys: [second] } });
    provider.keys = new TypeError("down");
    clock.time += 100 * hour;
    await keys.current();

    clock.time += 6 * hour - 5 * minute - 1;
    await expect(keys.current()).resolves.toEqual({ keys: [second] });
    clock.time += 1;

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
  });

  it("is vetted as what is fetched", () => {
    const secret = { kty: "oct", k: "AA" };

    for (const seed of [{ keys: [] }, { keys: [first, secret] }]) {
      const refusal = { name: "TypeError", cause: expect.any(Error) };
      expect(() => world({ seed })).toThrow(expect.objectContaining(refusal));
    }
  });
});

describe("warming up", () => {
  it("fetches before anybody asks, and nothing after that", async () => {
    const { keys, clock, provider } = world();

    await keys.warmUp();
    clock.time += 10_000;
    await keys.warmUp();
    await keys.current();

    expect(provider.requests).toBe(1);
  });

  it("waits for the provider's keys, seed or not", async () => {
    const { keys } = world({ seed: { keys: [second] } });

    await keys.warmUp();

    await expect(keys.current()).resolves.toEqual({ keys: [first] });
  });

  it("says when it did not work, and leaves it to later calls", async () => {
    const { keys, provider, clock } = world();
    provider.keys = new TypeError("down");
    await expect(keys.warmUp()).rejects.toMatchObject({ code: "keys_unavailable" });

    provider.keys = [first];
    clock.time += 10_000;

    await expect(keys.current()).resolves.toEqual({ keys: [first] });
  });
});

describe("a fetch", () => {
  it("is kept alive beyond the request that started it", async () => {
    const { keys, provider, background } = world();
    provider.keys = new TypeError("down");

    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });

    expect(background).toHaveLength(1);
    await expect(background[0]).resolves.toBeUndefined();
  });

  it("that the runtime gave up without a word is not waited for", async () => {
    const { keys, clock, provider } = world();
    await keys.current();
    clock.time += 5 * minute;
    provider.gate = new Promise(() => undefined);
    await keys.current();
    provider.gate = Promise.resolve();
    provider.keys = [second];
    clock.time += 3_001;

    await keys.refresh("access-2");

    await expect(keys.current()).resolves.toEqual({ keys: [second] });
  });

  it("is shared to the end of its time, by the clock as well", async () => {
    const { keys, clock, provider } = world({ timeoutMs: 20 });
    provider.gate = new Promise(() => undefined);

    const earlier = keys.current();
    clock.time += 20;
    const outcomes = await Promise.allSettled([earlier, keys.current()]);

    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(provider.requests).toBe(1);
  });

  it("counts whoever joined it for a key, though it was given up without a word", async () => {
    const { keys, clock, provider } = world({ timeoutMs: 600 });
    await keys.current();
    provider.gate = new Promise(() => undefined);
    clock.time += 800;
    const calls = [keys.refresh("the look of this cooldown")];
    clock.time += 600;
    calls.push(keys.refresh("a flood"));
    clock.time += 1;

    await expect(keys.refresh("not alone")).resolves.toEqual({ keys: [first] });

    expect(provider.requests).toBe(2);
    await Promise.allSettled(calls);
  });

  it("for a key may be the first of all", async () => {
    const { keys } = world();

    await expect(keys.refresh("access-1")).resolves.toEqual({ keys: [first] });
  });

  it("that brings the key it is for may be followed by another, again and again", async () => {
    const { keys, clock, provider } = world();
    await keys.current();

    for (const kid of ["a", "b", "c", "d"]) {
      clock.time += 800;
      provider.keys = [{ ...second, kid }];
      await expect(keys.refresh(kid)).resolves.toEqual({ keys: provider.keys });
    }
  });

  it("for no key in particular fills no reserve, though it brings a key without an id", async () => {
    const { keys, clock, provider } = world();
    const { kid: _kid, ...nameless } = second;
    provider.keys = [first, nameless];
    await keys.current();
    const requestsAfter = async (ms: number, keyId?: string) => {
      clock.time += ms;
      await keys.refresh(keyId);
      return provider.requests;
    };

    const requests = [
      await requestsAfter(800, "the look of this cooldown"),
      await requestsAfter(1_000, "the reserve"),
      await requestsAfter(10_000),
      await requestsAfter(800, "the look of the next cooldown"),
      await requestsAfter(1_000, "nothing left"),
    ];

    expect(requests).toEqual([2, 3, 4, 5, 5]);
  });

  it("that comes after it was given up changes nothing", async () => {
    const { keys, clock, provider } = world({ timeoutMs: 20 });
    const gate = Promise.withResolvers<void>();
    provider.gate = gate.promise;
    await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
    provider.gate = Promise.resolve();
    provider.keys = [second];
    clock.time += 10_000;
    await keys.current();

    provider.keys = [first];
    gate.resolve();
    await new Promise((resolve) => setTimeout(resolve, 10));

    await expect(keys.current()).resolves.toEqual({ keys: [second] });
  });

  it("tells once of its failure, however many waited for it", async () => {
    const { keys, provider, failures } = world();
    provider.keys = new TypeError("down");

    await Promise.allSettled(Array.from({ length: 20 }, () => keys.current()));

    expect(failures).toEqual([provider.keys]);
  });
});

describe("a key set's options", () => {
  it.each<[string, Partial<RemoteKeySetOptions>]>([
    ["no time for a fetch", { timeoutMs: 0 }],
    ["no cooldown", { cooldownMs: 0 }],
    ["no age", { maxAgeMs: 0 }],
    ["an age that is no number", { maxAgeMs: Number.NaN }],
    ["an age beyond the greatest", { maxAgeMs: 2 * hour, maxStaleMs: hour }],
    ["a cooldown beyond the greatest age", { cooldownMs: 2 * hour, maxStaleMs: hour }],
    ["keys that last more than a day", { maxStaleMs: 24 * hour + 1 }],
    ["keys that last for ever", { maxStaleMs: Number.POSITIVE_INFINITY }],
    ["keys that last for no number", { maxStaleMs: Number.NaN }],
    ["a private address", { uri: "https://10.0.0.7/keys" }],
  ])("are refused with %s", (_what, options) => {
    expect(() => world(options)).toThrow(TypeError);
  });

  it.each<[string, Partial<RemoteKeySetOptions>]>([
    ["keys that last a day", { maxStaleMs: 24 * hour }],
    ["one time for all", { timeoutMs: 5, cooldownMs: 5, maxAgeMs: 5, maxStaleMs: 5 }],
    [
      "a private address that is meant",
      { uri: "https://10.0.0.7/keys", allowPrivateAddress: true },
    ],
  ])("are taken with %s", (_what, options) => {
    expect(() => world(options)).not.toThrow();
  });

  it("need no more than an address", () => {
    expect(() => createRemoteKeySet({ uri: new URL(uri) })).not.toThrow();
  });

  it.each([
    ...["0.0.0.0", "10.255.255.255", "100.64.0.1", "100.127.255.255", "169.254.169.254"],
    ...["172.16.0.1", "172.31.255.255", "192.168.0.1", "224.0.0.1", "255.255.255.255"],
    ...[
      "[::]",
      "[fc00::1]",
      "[fdff::1]",
      "[fe80::1]",
      "[febf::1]",
      "[ff02::1]",
      "[::ffff:192.168.0.1]",
    ],
  ])("are refused with the address %s", (host) => {
    expect(() => world({ uri: `https://${host}/keys` })).toThrow(TypeError);
  });

  it.each([
    ...["9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "169.253.0.1", "172.15.0.1"],
    ...["172.32.0.1", "192.167.0.1", "223.255.255.255", "[2001:db8::1]", "[::1]"],
    ...["10.example.com", "127.0.0.1", "localhost"],
  ])("are taken with the address %s", (host) => {
    expect(() => world({ uri: `https://${host}/keys` })).not.toThrow();
  });
});
