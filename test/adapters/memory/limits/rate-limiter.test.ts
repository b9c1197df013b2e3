import { expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../../src/adapters/memory/index.ts";
import type { RateLimit } from "../../../../src/domain/rate-limit.ts";

const limitOf = (key: string, change: Partial<RateLimit> = {}): RateLimit => ({
  policy: "sign_in",
  key,
  quota: 5,
  windowSeconds: 3600,
  ...change,
});

test("a flood of other keys takes no memory beyond the bound, and no count of a guesser", async () => {
  const limiter = createMemoryRateLimiter({ maxKeys: 1000 });
  const guesser = limitOf("guesser");
  for (let count = 0; count < 5; count += 1) await limiter.take([guesser]);

  let refused = 0;
  for (let index = 0; index < 100_000; index += 1) {
    await limiter.take([limitOf(`flood-${index}`)]);
    if (index % 10_000 === 0 && !(await limiter.take([guesser])).isAllowed) refused += 1;
  }

  expect(refused).toBe(10);
  expect((await limiter.take([guesser])).isAllowed).toBe(false);
});

test("a count that has leaked out takes no room", async () => {
  let now = 0;
  const limiter = createMemoryRateLimiter({ maxKeys: 2, clock: { now: () => now } });
  const [old, kept] = [limitOf("old", { windowSeconds: 5 }), limitOf("kept", { quota: 1 })];
  await limiter.take([old]);
  await limiter.take([kept]);
  now = 2000;

  await limiter.take([limitOf("new")]);

  expect((await limiter.take([kept])).isAllowed).toBe(false);
});

test("a clock that is set back keeps nobody out for longer than the window", async () => {
  let now = 10_000_000;
  const limiter = createMemoryRateLimiter({ clock: { now: () => now } });
  const limit = limitOf("a", { quota: 1, windowSeconds: 60 });
  await limiter.take([limit]);
  now -= 300_000;
  expect((await limiter.take([limit])).isAllowed).toBe(false);

  now += 60_000;

  expect((await limiter.take([limit])).isAllowed).toBe(true);
});

test("the runtime's own clock is not the one that is set", async () => {
  const limiter = createMemoryRateLimiter();
  const limit = limitOf("a", { quota: 1, windowSeconds: 60 });
  await limiter.take([limit]);
  const { now } = Date;
  try {
    Date.now = () => now() + 300_000;
    expect((await limiter.take([limit])).isAllowed).toBe(false);
  } finally {
    Date.now = now;
  }
});

test("a bound that leaves no room is refused", () => {
  for (const maxKeys of [0, -1, Number.NaN])
    expect(() => createMemoryRateLimiter({ maxKeys })).toThrow(TypeError);
});
