import { describe, expect, it } from "vitest";
import {
  createExpiringMap,
  maxExpendableEntries,
} from "../../../../src/adapters/memory/store/expiring-map.ts";
import { adjustableClock } from "../support.ts";

describe("an expiring map", () => {
  it("does not give what has expired", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    map.set("key", "value", { expiresAt: clock.now() + 1000 });

    const before = map.get("key");
    clock.advance(1);

    expect([before, map.get("key")]).toEqual(["value", undefined]);
  });

  it("sweeps what has expired when something is added, be it never asked for again", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<number>(clock);
    for (let key = 0; key < 1000; key += 1)
      map.set(String(key), key, { expiresAt: clock.now() + 60_000 });

    clock.advance(60);
    map.set("later", 1, { expiresAt: clock.now() + 60_000 });

    expect(map.size).toBe(1);
  });

  it("sweeps at most once a minute, also when the clock is set back", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    map.set("short", "", { expiresAt: clock.now() + 1000 });
    clock.advance(59);
    map.set("next", "", { expiresAt: clock.now() + 1000 });
    const unswept = map.size;
    clock.advance(1);
    map.set("later", "", { expiresAt: clock.now() + 3600_000 });
    const swept = map.size;

    clock.advance(-60);
    map.set("sooner", "", { expiresAt: clock.now() - 1 });

    expect([unswept, swept, map.size]).toEqual([2, 1, 1]);
  });

  it("is as it was once a saved state comes back, however often", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    const terms = { expiresAt: clock.now() + 60_000, isExpendable: true };
    map.set("known", "", terms);
    const restore = map.save();
    map.delete("known");

    restore();
    map.set("new", "", terms);
    restore();

    expect(map.get("known")).toBe("");
    expect(map.get("new")).toBeUndefined();
    for (let key = 0; key < maxExpendableEntries; key += 1) map.set(String(key), "", terms);
    expect(map.get("known")).toBeUndefined();
    restore();
    expect(map.get("known")).toBe("");
    expect(map.size).toBe(1);
  });

  it("tells of each entry that it sweeps, once, and of none that was deleted or set again", () => {
    const clock = adjustableClock();
    const told: string[] = [];
    const map = createExpiringMap<string>(clock, (value) => told.push(value));
    const soon = { expiresAt: clock.now() + 1000 };
    const late = { expiresAt: clock.now() + 180_000 };
    for (const key of ["swept", "deleted", "changed"]) map.set(key, key, soon);
    map.delete("deleted");
    map.set("changed", "changed later", late);

    clock.advance(60);
    map.set("other", "other", late);
    clock.advance(60);
    map.set("another", "another", late);

    expect(told).toEqual(["swept"]);
  });

  it("keeps so many expendable entries, the latest, and all others", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<number>(clock);
    const expiresAt = clock.now() + 60_000;
    map.set("kept", 0, { expiresAt });
    for (let key = 0; key < maxExpendableEntries + 5; key += 1)
      map.set(String(key), key, { expiresAt, isExpendable: true });

    expect(map.size).toBe(maxExpendableEntries + 1);
    expect(map.get("kept")).toBe(0);
    expect(map.get("4")).toBeUndefined();
    expect(map.get("5")).toBe(5);
  });

  it("counts an entry that is set again as a late one, and as expendable only while it is", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    const expiresAt = clock.now() + 60_000;
    map.set("again", "", { expiresAt, isExpendable: true });
    map.set("known since", "", { expiresAt, isExpendable: true });
    map.set("known since", "", { expiresAt });
    for (let key = 1; key < maxExpendableEntries; key += 1)
      map.set(String(key), "", { expiresAt, isExpendable: true });

    map.set("again", "", { expiresAt, isExpendable: true });
    map.set("one more", "", { expiresAt, isExpendable: true });

    expect(map.get("again")).toBe("");
    expect(map.get("known since")).toBe("");
    expect(map.get("1")).toBeUndefined();
  });
});
