import { describe, expect, it } from "vitest";
import { createHourlyLimits } from "../../../../src/adapters/memory/limits/hourly-limits.ts";
import { createLockout } from "../../../../src/adapters/memory/limits/lockout.ts";
import { settingsOf } from "../../../../src/adapters/memory/settings/settings.ts";
import { maxExpendableEntries } from "../../../../src/adapters/memory/store/expiring-map.ts";
import {
  ada,
  adjustableClock,
  createOpenProvider,
  outcomeOf,
  outcomesOf,
  signUpConfirmed,
} from "../support.ts";

const hour = 3600;
const stranger = { key: "nobody", user: undefined };

/** Makes hourly limits, with an account of a user. */
async function start() {
  const provider = createOpenProvider();
  await signUpConfirmed(provider);
  const user = provider.users.find(ada.username);
  if (!user) throw new Error("no such user");
  const clock = adjustableClock();
  const settings = settingsOf({ clock, limits: { resendsPerHour: 2 } });
  const account = { key: "ada", user };
  return { clock, account, limits: createHourlyLimits(settings), lockout: createLockout(settings) };
}

async function flood(call: (account: typeof stranger) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < maxExpendableEntries; index += 1)
    await call({ ...stranger, key: `${index}` });
}

describe("what may be done so often in an hour", () => {
  it("is counted from the first time on, for each account and action", async () => {
    const { limits, account, clock } = await start();
    const take = () => limits.take(account, "resendsPerHour");
    await take();
    clock.advance(hour - 1);

    const ends = await outcomesOf(2, take);
    const others = [
      await outcomeOf(limits.take(stranger, "resendsPerHour")),
      await outcomeOf(limits.take(account, "recoveriesPerHour")),
    ];
    clock.advance(1);

    expect(ends).toEqual(["done", "too_many_attempts for 1 s"]);
    expect(others).toEqual(["done", "done"]);
    expect(await outcomesOf(3, take)).toEqual(["done", "done", `too_many_attempts for ${hour} s`]);
  });

  it("is taken back once, within the hour that it was counted in", async () => {
    const { limits, account, clock } = await start();
    const take = () => limits.take(account, "resendsPerHour");
    await outcomesOf(2, take);
    clock.advance(10);

    limits.giveBack(account, "resendsPerHour");

    expect(await outcomesOf(2, take)).toEqual(["done", `too_many_attempts for ${hour - 10} s`]);
  });

  it("begins the hour anew once all is taken back", async () => {
    const { limits, account, clock } = await start();
    const take = () => limits.take(account, "resendsPerHour");
    await take();
    limits.giveBack(account, "resendsPerHour");
    clock.advance(hour - 1);

    await outcomesOf(2, take);

    expect(await outcomeOf(take())).toBe(`too_many_attempts for ${hour} s`);
  });

  it("is not taken back where it was not done", async () => {
    const { limits, account } = await start();

    limits.giveBack(account, "resendsPerHour");

    const take = () => limits.take(account, "resendsPerHour");
    expect(await outcomesOf(3, take)).toEqual(["done", "done", `too_many_attempts for ${hour} s`]);
  });

  it("is remembered of users, and of names that nobody has as long as there is room", async () => {
    const { limits, account } = await start();
    for (const one of [account, stranger])
      await outcomesOf(2, () => limits.take(one, "resendsPerHour"));

    await flood((one) => limits.take(one, "resendsPerHour"));

    expect(await outcomeOf(limits.take(stranger, "resendsPerHour"))).toBe("done");
    const known = await outcomeOf(limits.take(account, "resendsPerHour"));
    expect(known).toBe(`too_many_attempts for ${hour} s`);
  });

  it("is as it was once a saved state comes back", async () => {
    const { limits, account } = await start();
    const restore = limits.save();
    await outcomesOf(2, () => limits.take(account, "resendsPerHour"));

    restore();

    expect(await outcomeOf(limits.take(account, "resendsPerHour"))).toBe("done");
  });
});

describe("a lock", () => {
  it("is remembered of users, and of names that nobody has as long as there is room", async () => {
    const { lockout, account } = await start();
    for (const one of [account, stranger]) await outcomesOf(5, () => lockout.recordFailure(one));

    await flood((one) => lockout.recordFailure(one));

    expect(await outcomeOf(lockout.admit(stranger))).toBe("done");
    expect(await outcomeOf(lockout.admit(account))).toBe("too_many_attempts for 1 s");
  });
});
