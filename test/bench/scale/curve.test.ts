import { describe, expect, it } from "vitest";
import { isMet } from "../figure.ts";
import {
  amount,
  exponentFigure,
  growthExponent,
  growthFigure,
  type Point,
  ratioToFigure,
} from "./curve.ts";
import { pointOf } from "./points.ts";

const sizes = [1000, 10_000, 100_000];

/** A measurement in which each size costs that much. */
const measured = (cost: (size: number) => number, work = "work") => ({
  work,
  sizesOf: "users",
  unit: "ms" as const,
  points: sizes.map((size): Point => ({ size, value: cost(size) })),
});

describe("the growth exponent", () => {
  it.each([
    ["what costs the same at any size", () => 7, 0],
    ["what costs in proportion", (size: number) => 0.02 * size, 1],
    ["a walk of every page from the first", (size: number) => 3 * size ** 2, 2],
    ["what gets cheaper", (size: number) => 5 / size, -1],
  ] as const)("of %s", (_what, cost, expected) => {
    expect(growthExponent(measured(cost).points)).toBeCloseTo(expected, 10);
  });

  it("is fitted to all points, wherever they are", () => {
    const points = [
      { size: 100, value: 2 },
      { size: 1, value: 1 },
      { size: 10, value: 8 },
    ];

    // By hand: sum of (x - 1)(y - ȳ) over sum of (x - 1)², in powers of ten: log10(2) / 2.
    expect(growthExponent(points)).toBeCloseTo(Math.log10(2) / 2, 10);
  });
});

describe("a figure of growth", () => {
  it("is how many times as much the largest size costs as the smallest", () => {
    const curve = measured((size) => (size === 100_000 ? 0.9 : 0.3));

    const figure = growthFigure({ ...curve, points: curve.points.toReversed() });

    expect(figure).toMatchObject({
      work: "work, at 100,000 users",
      against: "the same at 1,000 users",
      remark: "300 µs to 900 µs",
      limit: [
        { size: 1000, value: 0.3 },
        { size: 100_000, value: 0.6 },
      ],
    });
    expect(figure.value).toBeCloseTo(3);
    expect(isMet(figure)).toBe(false);
    expect(isMet(growthFigure(curve, 4))).toBe(true);
  });

  it("can be judged by its exponent", () => {
    const curve = measured((size) => 0.02 * size);

    expect(isMet(exponentFigure(curve, 0.99))).toBe(false);
    const figure = exponentFigure(curve, 1.1);
    expect(isMet(figure)).toBe(true);
    expect(figure.work).toBe("work, 1,000 users to 100,000");
    // From 20 ms on, a hundred times the size may cost 100 ** 1.1 times as much.
    expect(figure.limit?.map(({ value }) => value)).toEqual([20, 20 * 100 ** 1.1]);
  });

  it("against another work is the worst of all sizes", () => {
    const get = measured(() => 0.2, "get");
    const find = measured((size) => (size === 10_000 ? 0.5 : 0.3), "find");

    const figure = ratioToFigure(find, get);

    expect(figure).toMatchObject({ against: "get", remark: "the most, at 10,000 users" });
    expect(figure.value).toBeCloseTo(2.5);
    expect(figure.limit?.map(({ value }) => value)).toEqual([0.4, 0.4, 0.4]);
  });

  it("needs two sizes, and the other's at the same", () => {
    const curve = measured(() => 1);
    const single = { ...curve, points: curve.points.slice(0, 1) };

    expect(() => growthFigure(single)).toThrow("one size only");
    expect(() => exponentFigure(single, 1)).toThrow("one size only");
    expect(() => ratioToFigure(curve, single)).toThrow("not measured at 10000");
  });
});

describe("a point", () => {
  it("is the median of what one operation took in each round, and their middle half", () => {
    const slices = [100, 300, 200].map((clockMs) => ({ count: 100, clockMs, processorMs: 1 }));

    expect(pointOf(1000, slices, "clockMs")).toEqual({
      size: 1000,
      value: 2,
      spread: [1.5, 2.5],
    });
  });

  it.each([
    [3.1, "ms", "3.10 ms"],
    [1910, "ms", "1.91 s"],
    [0.31, "ms", "310 µs"],
    [0.00005, "ms", "0.0500 µs"],
    [310, "µs", "310 µs"],
    [31_000, "µs", "31 ms"],
    [180, "bytes", "180 B"],
    [1.5e3, "bytes", "1.50 kB"],
    [36e6, "bytes", "36 MB"],
    [0.91, "share", "0.910"],
    [2.5, "×", "2.50 ×"],
    [0.2, "µs", "0.200 µs"],
  ] as const)("of %d %s is written as %s", (value, unit, expected) => {
    expect(amount(value, unit)).toBe(expected);
  });
});
