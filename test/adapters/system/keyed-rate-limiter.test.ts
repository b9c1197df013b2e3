import { expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { createKeyedRateLimiter } from "../../../src/adapters/system/keyed-rate-limiter.ts";
import type { RateLimit } from "../../../src/domain/rate-limit.ts";
import type { RateLimiter } from "../../../src/ports/index.ts";

const limit: RateLimit = {
  policy: "sign_in_by_account",
  key: "ada@example.com",
  quota: 2,
  windowSeconds: 60,
};

/** A limiter that notes down the keys that it is given. */
function noting(limiter: RateLimiter) {
  const keys: string[] = [];
  const note = (limits: readonly RateLimit[]) => {
    keys.push(...limits.map(({ key }) => key));
    return limits;
  };
  const noted: RateLimiter = {
    take: (limits) => limiter.take(note(limits)),
    giveBack: (limits) => limiter.giveBack(note(limits)),
    reset: (limits) => limiter.reset(note(limits)),
    read: (limits) => limiter.read(note(limits)),
  };
  return { noted, keys };
}

test("the store is given no name, and the same digest for one each time", async () => {
  const { noted, keys } = noting(createMemoryRateLimiter());
  const limiter = createKeyedRateLimiter(noted, "a secret");

  await limiter.take([limit]);
  await limiter.giveBack([limit]);
  await limiter.reset([limit]);
  await limiter.read([limit]);

  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
});

test("another name, policy or secret has another digest", async () => {
  const { noted, keys } = noting(createMemoryRateLimiter());
  const limiter = createKeyedRateLimiter(noted, "a secret");

  await limiter.take([limit, { ...limit, key: "bob@example.com" }]);
  await limiter.take([{ ...limit, policy: "sign_up_by_account" }]);
  await createKeyedRateLimiter(noted, "another secret").take([limit]);

  expect(new Set(keys).size).toBe(4);
});

test("what it tells is about the limits that it was asked for", async () => {
  const limiter = createKeyedRateLimiter(createMemoryRateLimiter(), "a secret");
  const { statuses } = await limiter.take([limit]);

  expect(statuses).toMatchObject([{ limit, remaining: 1 }]);
  expect(await limiter.read([limit])).toMatchObject([{ limit, remaining: 1 }]);
});

test("counts by an older secret go on by a newer one, and need the older one no more", async () => {
  const store = createMemoryRateLimiter();
  await createKeyedRateLimiter(store, "old").take([limit]);
  const both = createKeyedRateLimiter(store, ["new", "old"]);

  const second = await both.take([limit]);
  const third = await both.take([limit]);
  const [read] = await both.read([limit]);

  expect(second).toMatchObject({ isAllowed: true, statuses: [{ limit, remaining: 0 }] });
  expect(third).toMatchObject({ isAllowed: false, statuses: [{ limit, remaining: 0 }] });
  expect(read).toMatchObject({ limit, remaining: 0 });
  expect(await createKeyedRateLimiter(store, "new").read([limit])).toMatchObject([
    { remaining: 1 },
  ]);
});

test("what is used up by an older secret alone is known to the newer one from then on", async () => {
  const store = createMemoryRateLimiter();
  const once = { ...limit, policy: "known_address", quota: 1, windowSeconds: 3600 };
  await createKeyedRateLimiter(store, "old").take([once]);

  await createKeyedRateLimiter(store, ["new", "old"]).take([once]);

  expect(await createKeyedRateLimiter(store, "new").read([once])).toMatchObject([{ remaining: 0 }]);
});

test("several limits are each told of in their place, whatever the number of secrets", async () => {
  const both = createKeyedRateLimiter(createMemoryRateLimiter(), ["new", "old"]);
  const other = { ...limit, policy: "sign_in_by_address", key: "192.0.2.1", quota: 9 };
  await both.take([other]);

  const { statuses } = await both.take([limit, other]);
  await both.giveBack([other]);
  await both.reset([limit]);

  expect(statuses).toMatchObject([
    { limit, remaining: 1 },
    { limit: other, remaining: 7 },
  ]);
  expect(await both.read([limit, other])).toMatchObject([{ remaining: 2 }, { remaining: 8 }]);
});
