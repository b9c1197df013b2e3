import { afterEach, describe, expect, it, vi } from "vitest";
import { createKeyHolder } from "../../../../src/adapters/jwt/keys/held-keys.ts";
import { adjustableClock } from "../token-signer.ts";

const key = { kty: "RSA", kid: "access-1" };
const seed = { keys: [key], unusableKeyIds: new Set<string>() };

function world(options: { readonly seed?: typeof seed } = {}) {
  const clock = adjustableClock();
  const terms = { clock, maxAgeMs: 1_000, maxStaleMs: 5_000, seed: options.seed };
  return { clock, held: createKeyHolder(terms) };
}

afterEach(() => vi.restoreAllMocks());

describe("a holder of keys", () => {
  it("has nothing before it was given anything", () => {
    const { held, clock } = world();

    expect(held.freshness()).toBe("expired");
    expect(held.answer()).toBeUndefined();
    expect(held.has("access-1")).toBe(false);
    expect(held.isUnusable("access-1")).toBe(false);
    expect(held.isOlderThan({ ...seed, at: clock.time })).toBe(true);
  });

  it("tells how old its keys are, to the millisecond where chance has no say", () => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => array);
    const { held, clock } = world();
    const start = clock.time;
    held.take({ ...seed, at: start });

    const told = [0, 499, 500, 999, 1_000, 4_999, 5_000, -1].map((age) => {
      clock.time = start + age;
      return held.freshness();
    });

    expect(told).toEqual([
      ...["fresh", "fresh", "aging", "aging", "stale", "stale", "expired"],
      "aging",
    ]);
  });

  it("takes a seed for half as old as keys may be", () => {
    expect(world({ seed }).held.freshness()).toBe("aging");
  });

  it("knows which keys it has, and which cannot be used", () => {
    const { held, clock } = world();
    held.take({ keys: [key], unusableKeyIds: new Set(["weak"]), at: clock.time });

    expect([held.has("access-1"), held.has("weak")]).toEqual([true, false]);
    expect([held.isUnusable("access-1"), held.isUnusable("weak")]).toEqual([false, true]);
  });

  it("finds only later keys newer", () => {
    const { held, clock } = world();
    held.take({ ...seed, at: clock.time });

    const newer = [-1, 0, 1].map((ms) => held.isOlderThan({ ...seed, at: clock.time + ms }));

    expect(newer).toEqual([false, false, true]);
  });
});
