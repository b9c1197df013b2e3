import { describe, expect, it } from "vitest";
import {
  type Bar,
  digits,
  type Figure,
  isMet,
  latencyFigure,
  rateFigure,
  ratioFigure,
} from "./figure.ts";
import { compare, medianRate, quantile, runInRounds, type Slice } from "./measure.ts";
import { drawFigures } from "./plot.ts";
import { describeMisses, markdownTable } from "./report.ts";

/** Slices of a hundred operations each, of so many milliseconds by the clock, and half of that of processor time. */
const slicesOf = (...times: number[]): readonly Slice[] =>
  times.map((clockMs) => ({ count: 100, clockMs, processorMs: clockMs / 2 }));

const atLeast = (value: number): Bar => ({ kind: "at least", value });

const figureOf = (members: Partial<Figure>): Figure => ({
  work: "work",
  against: "another",
  value: 1,
  unit: "×",
  bar: atLeast(1),
  remark: "",
  ...members,
});

describe("the benchmark's arithmetic", () => {
  it.each([
    { values: [3], part: 0.5, expected: 3 },
    { values: [4, 1, 3], part: 0.5, expected: 3 },
    { values: [4, 1, 3, 2], part: 0.5, expected: 2.5 },
    { values: [10, 0], part: 0.25, expected: 2.5 },
  ])("the quantile $part of $values is $expected", ({ values, part, expected }) => {
    expect(quantile(values, part)).toBe(expected);
  });

  it("compares round by round, so that what slows a round down falls on both", () => {
    const compared = compare(slicesOf(10, 1000, 10), slicesOf(20, 2000, 20), "clockMs");

    expect(compared).toMatchObject({ ratio: 2, spread: [2, 2], rounds: 3 });
  });

  it("counts by processor time where that is asked for", () => {
    const waiting = [{ count: 100, clockMs: 1000, processorMs: 10 }];

    expect(compare(waiting, slicesOf(100), "processorMs").ratio).toBe(5);
    expect(medianRate(waiting, "clockMs")).toBe(100);
  });

  it("lets contenders take turns and throws their first rounds away", async () => {
    const turns: string[] = [];
    const contender = (name: string) => ({
      name,
      run: async () => {
        turns.push(name);
        return { count: turns.length, clockMs: 1, processorMs: 1 };
      },
    });

    const slices = await runInRounds([contender("a"), contender("b")], { rounds: 2, warmUps: 1 });

    expect(turns).toEqual(["a", "b", "a", "b", "a", "b"]);
    expect(slices("b").map(({ count }) => count)).toEqual([4, 6]);
  });

  it("runs fewer rounds where they take too long, but enough to judge by", async () => {
    const slow = { name: "slow", run: async () => ({ count: 1, clockMs: 1, processorMs: 1 }) };

    const slices = await runInRounds([slow], { rounds: 1000, warmUps: 1, enoughMs: -1 });

    expect(slices("slow")).toHaveLength(10);
  });
});

describe("a figure", () => {
  const terms = { work: "work", against: "another", remark: "" };

  it("of a rate is above 1 where ours does more", () => {
    const [ours, theirs] = [slicesOf(10, 10), slicesOf(20, 20)];

    const figure = ratioFigure({ ...terms, bar: atLeast(2), ours, theirs, judged: "clockMs" });

    expect(figure).toMatchObject({ value: 2, unit: "×", rounds: { count: 2, spread: [2, 2] } });
  });

  it("of a latency is above 1 where ours takes longer", () => {
    const [ours, theirs] = [slicesOf(30, 30), slicesOf(20, 20)];

    const figure = latencyFigure({ ...terms, bar: { kind: "at most", value: 1.15 }, ours, theirs });

    expect(figure).toMatchObject({ value: 1.5, unit: "×" });
    expect(figure.remark).toMatch(/^0\.300 ms against 0\.200 ms/);
    expect(isMet(figure)).toBe(false);
  });

  it("of operations a second is the median of the rounds", () => {
    const figure = rateFigure({ ...terms, bar: atLeast(1000), slices: slicesOf(100, 10, 50) });

    expect(figure).toMatchObject({ value: 2000, unit: "/s", rounds: { spread: [1500, 6000] } });
  });

  it.each([
    { kind: "at least", below: false, at: true, above: true },
    { kind: "more than", below: false, at: false, above: true },
    { kind: "at most", below: true, at: true, above: false },
    { kind: "less than", below: true, at: false, above: false },
  ] as const)("has to be $kind its bar", ({ kind, ...expected }) => {
    const met = (value: number) => isMet(figureOf({ value, bar: { kind, value: 5 } }));

    expect({ below: met(4.99), at: met(5), above: met(5.01) }).toEqual(expected);
  });

  it("without a value meets no bar", () => {
    const kinds = ["at least", "more than", "at most", "less than"] as const;

    const met = kinds.map((kind) =>
      isMet(figureOf({ value: Number.NaN, bar: { kind, value: 1 } })),
    );

    expect(met).toEqual([false, false, false, false]);
  });

  it.each([
    [0, "0"],
    [0.04, "0.0400"],
    [0.8512, "0.851"],
    [12.345, "12.3"],
    [1234.5, "1235"],
    [1000, "1000"],
  ])("of %d is written as %s", (value, expected) => {
    expect(digits(value)).toBe(expected);
  });
});

describe("the report", () => {
  const missed = figureOf({ against: "a <faster> one", value: 0.5, bar: atLeast(0.85) });
  const figures = [
    missed,
    figureOf({ against: "—", value: 20, unit: "MiB", bar: { kind: "at most", value: 32 } }),
  ];

  it("says plainly what is missed, and by how much", () => {
    expect(describeMisses(figures)).toBe(
      "1 of 2 bars are met.\n- missed by 41.2 %: work, against a <faster> one: 0.500 ×, ≥ 0.850 ×",
    );
  });

  it("has a line for each figure", () => {
    const lines = markdownTable(figures).split("\n").slice(2);

    expect(lines).toHaveLength(figures.length);
    expect(lines[0]).toContain("| **missed** |");
    expect(lines[1]).toContain("| **20 MiB** | ≤ 32 MiB | met |");
  });

  it("draws each figure, and shows which is missed", () => {
    const svg = drawFigures([...figures, figureOf({ value: 1e9 }), figureOf({ value: 0 })]);

    const kinds = [...svg.matchAll(/<rect class="(\w+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(["missed", "met", "missed", "met"]);
    expect(svg).toContain("a &lt;faster> one");
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
