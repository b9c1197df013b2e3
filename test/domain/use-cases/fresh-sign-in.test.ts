import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { demandFreshSignIn, isFresh } from "../../../src/domain/use-cases/fresh-sign-in.ts";
import { createCore } from "./support.ts";

describe("a sign-in", () => {
  test.each([
    [100, 160_000, true],
    [100, 160_999, false],
    [100.5, 160_500, true],
    [200, 160_000, true],
    [undefined, 160_000, false],
  ])("at %s seconds is fresh for a minute at %i ms: %s", (authenticatedAt, now, expected) => {
    const principal = authenticatedAt === undefined ? {} : { authenticatedAt };

    expect(isFresh(principal, 60, now)).toBe(expected);
  });

  test("that is old is recorded, with whose it was, and refused", async () => {
    const moving = { time: Date.now(), now: () => moving.time };
    const core = createCore({ clock: moving });
    const caller = await core.caller();

    demandFreshSignIn(core.ports, caller, 60);
    expect(core.events).toEqual([]);
    moving.time += 62_000;

    expect(() => demandFreshSignIn(core.ports, caller, 60)).toThrow(
      new IdentityError("reauthentication_required"),
    );
    expect(core.events).toEqual([
      {
        type: "token_rejection",
        outcome: "failure",
        at: moving.time,
        subject: caller.principal.subject,
        code: "reauthentication_required",
      },
    ]);
  });
});
