import { expectCode, expectEqual, expectThat } from "../expectations.ts";
import { aLimit, expectGrants, limiterCase } from "./limiter-case.ts";

/**
 * The promises of the `RateLimiter` port that hold for every limiter, each as a case.
 *
 * @example
 * for (const { name, run } of rateLimiterContract) test(name, () => run(harness));
 */
export const rateLimiterContract = [
  limiterCase("taking: grants the quota at once, and then no more", async (store) => {
    for (const [quota, windowSeconds] of [
      [1, 3600],
      [3, 3600],
      // Parts of the window that are no whole number of milliseconds.
      [7, 60],
      [30, 300],
    ] as const)
      await expectGrants(store.open(), [aLimit({ quota, windowSeconds })], quota);
  }),

  limiterCase("taking: tells what is left, and when there is more", async (store) => {
    const limiter = store.open();
    const limit = aLimit({ quota: 2, windowSeconds: 120 });
    const takes = [];
    for (let round = 0; round < 3; round += 1) takes.push(await limiter.take([limit]));

    expectEqual(
      "what is left",
      takes.map(({ statuses }) => statuses.map(({ remaining }) => remaining)),
      [[1], [0], [0]],
    );
    for (const { statuses } of takes)
      for (const status of statuses) {
        expectEqual("the limit", status.limit, limit);
        const { resetSeconds } = status;
        expectThat("more comes in half of the window", resetSeconds > 50 && resetSeconds <= 60);
      }
  }),

  limiterCase("taking: grants one more for each part of the window that goes by", async (store) => {
    const limiter = store.open();
    const limits = [aLimit({ quota: 2, windowSeconds: 8 })];
    await expectGrants(limiter, limits, 2);

    await store.pass(4.4);
    await expectGrants(limiter, limits, 1);

    await store.pass(8.8);
    await expectGrants(limiter, limits, 2);
  }),

  limiterCase("taking: is not put off by tries that were refused", async (store) => {
    const limiter = store.open();
    const limits = [aLimit({ quota: 1, windowSeconds: 6 })];
    await expectGrants(limiter, limits, 1);
    await store.pass(3);
    for (let round = 0; round < 5; round += 1) await limiter.take(limits);

    await store.pass(3.4);

    await expectGrants(limiter, limits, 1);
  }),

  limiterCase("taking: where one limit has nothing left, counts for none", async (store) => {
    const limiter = store.open();
    const [full, free] = [aLimit({ quota: 1 }), aLimit({ policy: "sign_in_address" })];
    await limiter.take([full]);

    for (const limits of [
      [full, free],
      [free, full],
    ]) {
      const { isAllowed, statuses } = await limiter.take(limits);

      expectEqual("whether it was allowed", isAllowed, false);
      const left = limits.map((limit) => (limit === full ? 0 : 3));
      expectEqual("what is left", [...statuses.map(({ remaining }) => remaining)], left);
    }
    await expectGrants(limiter, [free], 3);
  }),

  limiterCase("taking: keeps policies and keys apart, whatever they are called", async (store) => {
    const limiter = store.open();
    const keys = ["a", "A", "a:b", "a b", "{a}", "é \u{1f600}", "__proto__", ""];
    const policies = ["one", "two", "constructor"];
    for (const policy of policies)
      for (const key of keys) await expectGrants(limiter, [aLimit({ policy, key, quota: 1 })], 1);
  }),

  limiterCase("taking: allows where nothing is limited", async (store) => {
    const decision = await store.open().take([]);

    expectEqual("the decision", decision, { isAllowed: true, statuses: [] });
  }),

  limiterCase("concurrency: grants no more than the quota to fifty at once", async (store) => {
    for (let round = 0; round < 3; round += 1) {
      const limits = [
        aLimit({ quota: 5 }),
        aLimit({ policy: "sign_in_address", quota: 20 }),
        // Nothing of it comes back meanwhile.
        aLimit({ policy: "sign_in_global", quota: 1000, windowSeconds: 1e7 }),
      ];
      const takes = Array.from({ length: 50 }, () => store.open().take(limits));

      const granted = (await Promise.all(takes)).filter(({ isAllowed }) => isAllowed);

      expectThat("no more than the quota get through", granted.length <= 5);
      expectThat("somebody gets through", granted.length > 0);
      const { statuses } = await store.open().take(limits.slice(1));
      const [, of] = statuses;
      expectEqual("what is left for all", of?.remaining, 1000 - granted.length - 1);
    }
  }),

  limiterCase("giving back: lets as many more go on", async (store) => {
    const limiter = store.open();
    const limits = [aLimit({ quota: 3 }), aLimit({ policy: "sign_in_address", quota: 10 })];
    await expectGrants(limiter, limits, 3);

    for (let round = 0; round < 2; round += 1) await limiter.giveBack(limits);

    await expectGrants(limiter, limits, 2);
  }),

  limiterCase("giving back: gives no more than the quota", async (store) => {
    const limiter = store.open();
    const limits = [aLimit({ quota: 2 })];
    for (let round = 0; round < 3; round += 1) await limiter.giveBack(limits);
    await limiter.take(limits);
    for (let round = 0; round < 3; round += 1) await limiter.giveBack(limits);

    await expectGrants(limiter, limits, 2);
  }),

  limiterCase("resetting: forgets all that was counted, and nothing else", async (store) => {
    const limiter = store.open();
    const [gone, kept] = [aLimit(), aLimit({ policy: "sign_in_address" })];
    await expectGrants(limiter, [gone, kept], 3);

    await limiter.reset([gone, aLimit()]);

    await expectGrants(limiter, [gone], 3);
    await expectGrants(limiter, [kept], 0);
  }),

  limiterCase("reading: tells how limits stand, and counts nothing", async (store) => {
    const limiter = store.open();
    const limits = [aLimit(), aLimit({ policy: "sign_in_address", quota: 1 })];
    for (let round = 0; round < 2; round += 1) await limiter.take(limits);

    for (let round = 0; round < 3; round += 1) {
      const statuses = await limiter.read([...limits, aLimit()]);

      expectEqual(
        "what is left",
        statuses.map(({ remaining }) => remaining),
        [2, 0, 3],
      );
    }
    await expectGrants(limiter, limits.slice(0, 1), 2);
  }),
] as const;

/** The promises that hold for a limiter whose store is outside of the process, beside those of {@link rateLimiterContract}. */
export const sharedRateLimiterContract = [
  limiterCase("sharing: counts what all processes take", async (store) => {
    const limits = [aLimit({ quota: 3 })];
    const granted = [];
    for (let round = 0; round < 5; round += 1)
      granted.push((await store.open().take(limits)).isAllowed);

    expectEqual("what was granted", granted, [true, true, true, false, false]);
  }),

  limiterCase("outage: says that the store cannot be reached", async (store) => {
    const limiter = store.open();
    const limits = [aLimit()];
    await limiter.take(limits);

    await store.takeDown();

    await expectCode(limiter.take(limits), "provider_unavailable");
    await expectCode(limiter.giveBack(limits), "provider_unavailable");
    await expectCode(limiter.reset(limits), "provider_unavailable");
    await expectCode(limiter.read(limits), "provider_unavailable");
    await expectCode(store.open().take(limits), "provider_unavailable");
  }),
] as const;
