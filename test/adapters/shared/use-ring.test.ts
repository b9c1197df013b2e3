import { describe, expect, it } from "vitest";
import { countUse, createUseRing, type RingEntry } from "../../../src/adapters/shared/use-ring.ts";

interface Named extends RingEntry {
  readonly name: string;
}

/** A ring of so many names at most, and who is in it. */
function world(most: number, names: string) {
  const ring = createUseRing<Named>();
  const kept = new Map<string, Named>();
  const remove = (name: string) => {
    const entry = kept.get(name);
    if (entry) ring.remove(entry);
    kept.delete(name);
  };
  const add = (name: string, room = 1) => {
    const hasRoom = () => kept.size + room <= most;
    const isRoom = ring.makeRoom(hasRoom, (entry) => kept.delete(entry.name));
    if (!isRoom) return false;
    const entry = { name, uses: 0, place: 0 };
    ring.add(entry);
    kept.set(name, entry);
    return true;
  };
  /** Comes twice, as every other newcomer is turned away. */
  const insist = (name: string) => add(name) || add(name);
  const use = (name: string, times = 1) => {
    for (let time = 0; time < times; time += 1) {
      const entry = kept.get(name);
      if (entry) countUse(entry);
    }
  };
  for (const name of names) add(name);
  return { add, insist, use, remove, names: () => [...kept.keys()].toSorted().join("") };
}

describe("a ring of what is in use", () => {
  it("lets those go first that were not used, in the order in which they came", () => {
    const { insist, use, names } = world(4, "abcd");
    use("b");
    use("d");

    insist("e");
    const first = names();
    insist("f");

    expect([first, names()]).toEqual(["bcde", "bdef"]);
  });

  it("turns every other newcomer away that needs another to go", () => {
    const { add, names } = world(2, "ab");

    expect(Array.from("cdefg", (name) => add(name))).toEqual([true, false, true, false, true]);
    expect(names()).toHaveLength(2);
  });

  it("takes in all that there is room for", () => {
    expect(world(5, "abcde").names()).toBe("abcde");
  });

  it("counts three uses at most, and takes one back in each round", () => {
    const { insist, use, names } = world(2, "ab");
    use("a", 9);
    const rounds = Array.from("cdefgh", (name) => {
      insist(name);
      return names();
    });

    expect(rounds.map((left) => left.includes("a"))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("makes room for as much as is needed", () => {
    const { add, names } = world(5, "abcde");

    expect(add("f", 3)).toBe(true);
    expect(names()).toHaveLength(3);
    expect(names()).toContain("f");
  });

  it("looks at 64 entries for one newcomer, and goes on from there", () => {
    const all = Array.from({ length: 65 }, (_, at) => String.fromCharCode(0x100 + at)).join("");
    const [first = ""] = all;
    const { add, use, names } = world(65, all);
    for (const name of all) use(name);

    expect(["x", "x", "x"].map((name) => add(name))).toEqual([false, false, true]);
    expect(names()).toBe(`x${all.replace(first, "")}`);
  });

  it("makes no room where there is nothing that could go", () => {
    expect(world(0, "").add("a")).toBe(false);
  });

  it("forgets what is taken out, wherever it is", () => {
    for (const gone of "abc") {
      const { remove, insist, names } = world(3, "abc");
      remove(gone);
      for (const name of "def") insist(name);

      expect(names()).toHaveLength(3);
      expect(names()).toContain("f");
      expect(names()).not.toContain(gone);
    }
  });
});
