import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { callTimedOut, withinCallTime } from "../../../src/adapters/better-auth/call-deadline.ts";
import type { Accounts } from "../../../src/adapters/better-auth/stores/accounts.ts";
import { cancellableAccounts } from "../../../src/adapters/better-auth/stores/accounts.ts";
import { outcomeOf } from "../memory/support.ts";

const never = () => new Promise<never>(() => undefined);
const longMs = 60_000;

describe("a call of Better Auth", () => {
  test("ends with what its work ends with, where that comes in time", async () => {
    const failing = withinCallTime(longMs, async () => {
      throw callTimedOut();
    });

    expect(await withinCallTime(longMs, async (isOver) => isOver())).toBe(false);
    expect(await outcomeOf(failing)).toBe("provider_timeout for 1 s");
  });

  test("ends when its time is over, and its work can tell", async () => {
    let isOver = () => false;

    const ended = await outcomeOf(
      withinCallTime(10, (ask) => {
        isOver = ask;
        return never();
      }),
    );

    expect(ended).toBe("provider_timeout for 1 s");
    expect(isOver()).toBe(true);
  });

  test("is not over later where its work ended in time", async () => {
    let isOver = () => true;

    await withinCallTime(10, async (ask) => {
      isOver = ask;
    });
    await setTimeout(30);

    expect(isOver()).toBe(false);
  });

  test("begins nothing on an account whose turn comes when it is over", async () => {
    const account = { key: "ada", user: undefined };
    const onSignedInAccount = new Error("nobody asks for a caller here");
    const way: Accounts = {
      subjectOf: async () => undefined,
      byName: (_name, task) => task(account),
      bySubject: (_subject, task) => task(account),
      byToken: () => Promise.reject(onSignedInAccount),
    };
    const task = async () => "begun";

    const early = cancellableAccounts(way, () => false);
    const late = cancellableAccounts(way, () => true);

    expect(await early.byName("ada", task)).toBe("begun");
    expect(await early.bySubject("ada", task)).toBe("begun");
    expect(await outcomeOf(late.byName("ada", task))).toBe("provider_timeout for 1 s");
    expect(await outcomeOf(late.bySubject("ada", task))).toBe("provider_timeout for 1 s");
    await expect(early.byToken("token", task)).rejects.toBe(onSignedInAccount);
  });
});
