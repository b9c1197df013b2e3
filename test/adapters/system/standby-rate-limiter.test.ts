import { expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { createStandbyRateLimiter } from "../../../src/adapters/system/standby-rate-limiter.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { RateLimit } from "../../../src/domain/rate-limit.ts";
import type { RateLimiter } from "../../../src/ports/index.ts";

const signIn: RateLimit = { policy: "sign_in", key: "a", quota: 2, windowSeconds: 3600 };
const code: RateLimit = { ...signIn, policy: "code_attempt" };
const down = new IdentityError("provider_unavailable");

/** A limiter whose store can be taken away, with a standby for all but codes, and what was heard of it. */
function createStandby() {
  const heard: string[] = [];
  let isUp = true;
  const store = createMemoryRateLimiter();
  const unlessDown = async <T>(work: () => Promise<T>) => {
    if (!isUp) throw down;
    return work();
  };
  const shared: RateLimiter = {
    take: (limits) => unlessDown(() => store.take(limits)),
    giveBack: (limits) => unlessDown(() => store.giveBack(limits)),
    reset: (limits) => unlessDown(() => store.reset(limits)),
    read: (limits) => unlessDown(() => store.read(limits)),
  };
  const limiter = createStandbyRateLimiter({
    shared,
    standby: createMemoryRateLimiter(),
    mayStandIn: ({ policy }) => !policy.startsWith("code_"),
    onFailure: (failure) => heard.push(String(failure)),
    onRecovery: () => heard.push("recovered"),
  });
  return {
    limiter,
    heard,
    setUp(to: boolean) {
      isUp = to;
    },
  };
}

const allowed = async (limiter: RateLimiter, limit: RateLimit) =>
  (await limiter.take([limit])).isAllowed;

test("limits go on by the standby's own counts while the store is gone", async () => {
  const { limiter, setUp } = createStandby();
  for (let count = 0; count < 2; count += 1) await limiter.take([signIn]);
  setUp(false);

  expect(await allowed(limiter, signIn)).toBe(true);
  expect(await allowed(limiter, signIn)).toBe(true);
  expect(await allowed(limiter, signIn)).toBe(false);
  await limiter.reset([signIn]);
  await limiter.giveBack([signIn]);
  expect(await limiter.read([signIn])).toMatchObject([{ remaining: 2 }]);

  setUp(true);
  expect(await allowed(limiter, signIn)).toBe(false);
});

test("limits that it may not stand in for fail, alone and among others", async () => {
  const { limiter, setUp } = createStandby();
  setUp(false);

  await expect(limiter.take([code])).rejects.toBe(down);
  await expect(limiter.take([signIn, code])).rejects.toBe(down);
});

test("that the store is gone is told once, and that it is back", async () => {
  const { limiter, heard, setUp } = createStandby();
  for (const isUp of [true, false, false, true, true]) {
    setUp(isUp);
    await limiter.take([signIn]);
  }

  expect(heard).toEqual([String(down), "recovered"]);
});
