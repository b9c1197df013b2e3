import { describe, expect, test } from "vitest";
import { outcomeOf, outcomesOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";

const hour = 3600;

describe("the hourly limits of Better Auth", () => {
  test.each([
    ["confirmation_resend", 5],
    ["password_reset", 10],
    ["attribute_verification", 5],
    ["sign_in_code", 10],
    ["unproven_address", 5],
    ["guess sign_up_confirmation", 15],
    ["guess password_reset", 20],
    ["guess attribute_verification", 15],
    ["guess sign_in_code", 20],
  ] as const)("let %s be done %i times from the first on", async (action, times) => {
    const { limits, clock } = await startGuards();
    const take = () => limits.take("ada", action);

    expect(await outcomeOf(take())).toBe("done");
    clock.advance(hour - 1);
    const ends = await outcomesOf(times, take);
    clock.advance(1);

    expect(ends).toEqual([...Array(times - 1).fill("done"), "too_many_attempts for 1 s"]);
    expect(await outcomesOf(times + 1, take)).toEqual([
      ...Array(times).fill("done"),
      `too_many_attempts for ${hour} s`,
    ]);
  });

  test("are of one account and one action each", async () => {
    const { limits } = await startGuards();
    await outcomesOf(6, () => limits.take("ada", "confirmation_resend"));

    expect(await outcomeOf(limits.take("bob", "confirmation_resend"))).toBe("done");
    expect(await outcomeOf(limits.take("ada", "attribute_verification"))).toBe("done");
  });

  test("take a time back, and begin the hour with one that counts", async () => {
    const { limits, clock } = await startGuards();
    const take = () => limits.take("ada", "unproven_address");
    await take();
    await limits.giveBack("ada", "unproven_address");
    clock.advance(hour - 1);

    await outcomesOf(5, take);
    await limits.giveBack("ada", "unproven_address");

    expect(await outcomesOf(2, take)).toEqual(["done", `too_many_attempts for ${hour} s`]);
    clock.advance(1);
    expect(await outcomeOf(take())).toBe(`too_many_attempts for ${hour - 1} s`);
  });

  test("take nothing back that was not done", async () => {
    const { limits, rows } = await startGuards();

    await limits.giveBack("ada", "unproven_address");

    expect(await rows.count({ model: "porticoState" })).toBe(0);
  });
});
