import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSortedList } from "../../../../src/adapters/memory/store/sorted-list.ts";

interface Item {
  readonly key: number;
  readonly serial: number;
  readonly text: string;
}

const createList = () => createSortedList<number, Item>(({ serial }) => serial);

/** Many of a few keys, so that there are some ten chunks, which are split and run empty. */
const place = fc.record({ key: fc.nat(60), serial: fc.nat(60) });
const places = fc.array(place, { minLength: 1500, maxLength: 3000, size: "max" });

function byPlace(one: Item, other: Item): number {
  return one.key - other.key || one.serial - other.serial;
}

describe("a sorted list", () => {
  it("holds what was put and not deleted, in order, and gives what comes after a place", () => {
    fc.assert(
      fc.property(places, places, place, (added, deleted, after) => {
        const list = createList();
        const model = new Map<string, Item>();
        for (const [index, at] of added.entries()) {
          const item = { ...at, text: String(index) };
          list.put(at, item);
          model.set(`${at.key} ${at.serial}`, item);
        }
        for (const at of deleted) {
          list.delete(at);
          model.delete(`${at.key} ${at.serial}`);
        }

        const expected = [...model.values()].toSorted(byPlace);
        expect([...list.from()]).toEqual(expected);
        expect(list.size).toBe(model.size);
        const left = expected.filter((item) => byPlace(item, { ...after, text: "" }) > 0);
        expect([...list.from(after)]).toEqual(left);
      }),
      { numRuns: 10 },
    );
  });

  it("is brought back as it was, any number of times", () => {
    const list = createList();
    const put = (key: number, text: string) => list.put(placeOf(key), { ...placeOf(key), text });
    for (let key = 0; key < 600; key += 1) put(key, "first");
    const before = [...list.from()];
    const restore = list.save();

    for (const text of ["second", "third"]) {
      for (let key = 0; key < 900; key += 2) put(key, text);
      for (let key = 1; key < 600; key += 2) list.delete(placeOf(key));
      restore();

      expect([...list.from()]).toEqual(before);
      expect(list.size).toBe(600);
    }
  });

  it("is empty when all that there was is deleted", () => {
    const list = createList();
    for (let key = 0; key < 600; key += 1) list.put(placeOf(key), { ...placeOf(key), text: "" });

    for (let key = 0; key < 600; key += 1) list.delete(placeOf(key));
    list.delete(placeOf(1));

    expect([...list.from()]).toEqual([]);
    expect(list.size).toBe(0);
  });
});

function placeOf(key: number) {
  return { key, serial: 0 };
}
