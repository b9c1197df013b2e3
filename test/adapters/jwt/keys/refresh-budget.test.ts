import { describe, expect, it } from "vitest";
import { createRefreshBudget } from "../../../../src/adapters/jwt/keys/refresh-budget.ts";
import { adjustableClock } from "../token-signer.ts";

const cooldownMs = 10_000;
const found = { isOk: true, isFound: true } as const;
const nothing = { isOk: true, isFound: false } as const;
const failed = { isOk: false, failure: new Error("down") } as const;

/** A budget after a fetch that brought keys, a while ago. */
function settled() {
  const clock = adjustableClock();
  const budget = createRefreshBudget({ clock, cooldownMs });
  budget.ended(nothing);
  clock.time += 60_000;
  return { budget, clock };
}

/** As {@link settled}, with the look of this cooldown spent for nothing. */
function spent(keyId = "invented") {
  const world = settled();
  world.budget.admits(keyId);
  world.budget.ended(nothing);
  return world;
}

describe("a fetch for no key in particular", () => {
  it("may start at once where there was none", () => {
    const budget = createRefreshBudget({ clock: adjustableClock(), cooldownMs });

    expect(budget.waitMs()).toBe(0);
    expect(budget.last()).toBeUndefined();
  });

  it.each([
    ["found nothing", nothing],
    ["found some", found],
    ["failed", failed],
  ])("waits for a cooldown after one that %s", (_what, outcome) => {
    const { budget, clock } = settled();

    budget.ended(outcome);

    expect(budget.last()).toBe(outcome);
    expect(budget.waitMs()).toBeGreaterThan(0.9 * cooldownMs - 1);
    expect(budget.waitMs()).toBeLessThanOrEqual(cooldownMs);
    clock.time += 0.9 * cooldownMs - 1;
    expect(budget.waitMs()).toBeGreaterThan(0);
    clock.time += 0.1 * cooldownMs + 1;
    expect(budget.waitMs()).toBe(0);
  });

  it("does not start in step with other instances", () => {
    const waits = Array.from({ length: 20 }, () => {
      const { budget } = settled();
      budget.ended(nothing);
      return budget.waitMs();
    });

    expect(new Set(waits).size).toBeGreaterThan(10);
  });

  it("waits for nothing once the clock was set back", () => {
    const { budget, clock } = settled();
    budget.ended(nothing);

    clock.time -= 1;

    expect(budget.waitMs()).toBe(0);
  });
});

describe("a fetch for an unknown key", () => {
  it("may start at once where there was none", () => {
    expect(createRefreshBudget({ clock: adjustableClock(), cooldownMs }).admits("a")).toBe(true);
  });

  it("may start once in a cooldown, whichever key it is for", () => {
    const { budget, clock } = settled();

    expect(budget.admits("a")).toBe(true);
    budget.ended(nothing);
    clock.time += 800;

    expect(budget.admits("a")).toBe(false);
    clock.time += cooldownMs - 800;
    expect(budget.admits("b")).toBe(true);
  });

  it("does not wait for the cooldown of one that was for no key", () => {
    const { budget, clock } = settled();
    budget.ended(nothing);

    clock.time += 799;
    expect(budget.admits("a")).toBe(false);
    clock.time += 1;

    expect(budget.admits("a")).toBe(true);
  });

  it("is not put off by others that are refused", () => {
    const { budget, clock } = spent();

    for (let ms = 0; ms < cooldownMs; ms += 100) {
      clock.time += 100;
      if (budget.admits(`invented-${ms}`)) break;
    }

    expect(budget.last()).toBe(nothing);
    expect(clock.time).toBeGreaterThanOrEqual(adjustableClock().time + 60_000 + 0.9 * cooldownMs);
    expect(budget.admits("yet another")).toBe(false);
  });

  it("may start once more for a key that comes alone", () => {
    const { budget, clock } = spent();
    clock.time += 800;
    expect(budget.admits("flood")).toBe(true);
    budget.ended(nothing);
    clock.time += 800;

    expect(budget.admits("next")).toBe(false);
  });

  it("comes alone where no other came for half a second", () => {
    const { budget, clock } = spent();
    budget.joined("flood");
    clock.time += 799;
    budget.joined("flood");

    clock.time += 499;
    expect(budget.admits("changed")).toBe(false);
    clock.time += 1;

    expect(budget.admits("changed")).toBe(true);
  });

  it("stays alone while its holder tries again and again", () => {
    const { budget, clock } = spent();
    clock.time += 800;
    budget.joined("flood");
    clock.time += 100;

    const admitted = [0, 100, 200, 300].map((ms) => {
      clock.time += 100;
      return [ms, budget.admits("changed")];
    });

    expect(admitted).toEqual([
      [0, false],
      [100, false],
      [200, false],
      [300, true],
    ]);
  });

  it("is not made twice in a row for one key, however alone it is", () => {
    const { budget, clock } = spent("retired");

    clock.time += 5_000;

    expect(budget.admits("retired")).toBe(false);
  });

  it("leaves the reserve empty for a minute where it was for nothing", () => {
    const { budget, clock } = spent();
    const tryAlone = (keyId: string) => {
      clock.time += 1_000;
      const isAdmitted = budget.admits(keyId);
      if (isAdmitted) budget.ended(nothing);
      return isAdmitted;
    };
    expect(tryAlone("first")).toBe(true);
    const admitted = Array.from({ length: 59 }, (_, n) => tryAlone(`drop-${n}`));

    // Only the looks of each cooldown, and none from the reserve.
    expect(admitted.filter(Boolean).length).toBeLessThanOrEqual(6);
    clock.time += 1_000;
    expect([tryAlone("a"), tryAlone("b")]).toContain(true);
  });

  it("costs nothing where it brought the key", () => {
    const { budget, clock } = settled();

    for (const keyId of ["a", "b", "c", "d"]) {
      expect(budget.admits(keyId)).toBe(true);
      budget.ended(found);
      clock.time += 800;
    }
  });

  it("costs nothing of the cooldown where it brought the key, so that none need come alone", () => {
    const { budget, clock } = settled();
    budget.admits("a");
    budget.ended(found);
    clock.time += 800;
    budget.joined("flood");

    expect(budget.admits("b")).toBe(true);
  });

  it("costs nothing of the reserve where it brought the key", () => {
    const { budget, clock } = spent();
    const admitted = ([found, nothing, nothing] as const).map((outcome, n) => {
      clock.time += 800;
      const isAdmitted = budget.admits(`${n}`);
      if (isAdmitted) budget.ended(outcome);
      return isAdmitted;
    });

    expect(admitted).toEqual([true, true, true]);
  });

  it("waits for a cooldown after a failure, and then for nothing", () => {
    const { budget, clock } = settled();
    expect(budget.admits("a")).toBe(true);
    budget.ended(failed);

    clock.time += 0.9 * cooldownMs - 1;
    expect(budget.admits("b")).toBe(false);
    clock.time += 0.1 * cooldownMs + 1;

    expect(budget.admits("a")).toBe(true);
  });

  it("takes a key for alone once the clock was set back", () => {
    const { budget, clock } = spent();
    clock.time += 800;
    budget.joined("flood");
    budget.ended(nothing);
    clock.time -= 1;

    expect(budget.admits("changed")).toBe(true);
  });
});
