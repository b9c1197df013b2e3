import { describe, expect, it } from "vitest";
import { type Curve, exponentFigure, growthFigure, ratioToFigure } from "./curve.ts";
import { drawCurves } from "./plot.ts";
import { pointTables } from "./report.ts";

const measured = (values: readonly number[], work = "work") => ({
  work,
  sizesOf: "users",
  unit: "ms" as const,
  points: values.map((value, index) => ({
    size: 1000 * 10 ** index,
    value,
    spread: [value * 0.9, value * 1.2] as const,
  })),
});

const flat: Curve = { ...measured([1, 1, 1]), figures: [growthFigure(measured([1, 1, 1]))] };
const steep: Curve = {
  ...measured([1, 10, 100], "a <steep> one"),
  figures: [exponentFigure(measured([1, 10, 100]), 0.5)],
};

/** The places of the points of a kind of line, in the order of the panels. */
function placesOf(svg: string, kind: string): readonly (readonly (readonly number[])[])[] {
  const lines = svg.matchAll(new RegExp(`<polyline class="${kind}" points="([^"]+)"`, "g"));
  return [...lines].map(([, places = ""]) =>
    places.split(" ").map((place) => place.split(",").map(Number)),
  );
}

describe("the picture of growth", () => {
  it("has a panel for each curve, shows which misses its bar, and escapes names", () => {
    const svg = drawCurves([flat, steep, flat, flat]);

    const kinds = [...svg.matchAll(/<polyline class="curve (\w+)"/g)].map(([, kind]) => kind);
    expect(kinds).toEqual(["met", "missed", "met", "met"]);
    expect(svg).toContain("a &lt;steep> one");
    expect(svg).toContain("1 × (≤ 2 ×) the same at 1,000 users");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("draws what costs the same as a level line, and a power of the size as a straight one", () => {
    const svg = drawCurves([flat, steep]);

    const [level = [], slope = []] = placesOf(svg, "curve \\w+");
    expect(new Set(level.map(([, y]) => y)).size).toBe(1);
    const [first = [], middle = [], last = []] = slope;
    for (const axis of [0, 1])
      expect(middle[axis]).toBeCloseTo(((first[axis] ?? 0) + (last[axis] ?? 0)) / 2, 0);
    expect(last[1]).toBeLessThan(first[1] ?? 0);
  });

  it("draws a bar from where the curve begins to where it may end", () => {
    const [curve = []] = placesOf(drawCurves([steep]), "curve missed");
    const [limit = []] = placesOf(drawCurves([steep]), "limit");

    expect(limit[0]).toEqual(curve[0]);
    const rise = (line: readonly (readonly number[])[]) =>
      (line[0]?.[1] ?? 0) - (line.at(-1)?.[1] ?? 0);
    // Half the exponent is half as steep.
    expect(rise(limit)).toBeCloseTo(rise(curve) / 2, 0);
  });

  it("draws together what is about one subject, and names it once", () => {
    const get = measured([1, 1, 1], "a database: get a user");
    const find = measured([1, 1, 1], "a database: find a user");
    const svg = drawCurves([
      { ...get, figures: [growthFigure(get)] },
      flat,
      { ...find, figures: [ratioToFigure(find, get)] },
    ]);

    const texts = [...svg.matchAll(/<text class="(?:heading|title)"[^>]*>([^<]+)</g)];
    expect(texts.map(([, content]) => content)).toEqual([
      "work",
      "a database",
      "get a user",
      "find a user",
    ]);
    expect(svg).toContain(">1 × (≤ 2 ×) get a user<");
  });

  it.each([
    ["above a bar that is not to be exceeded", "at most", -1],
    ["below a bar that is to be reached", "at least", 1],
  ] as const)("greys what is %s", (_what, kind, side) => {
    const [figure = growthFigure(flat)] = flat.figures;
    const svg = drawCurves([{ ...flat, figures: [{ ...figure, bar: { kind, value: 2 } }] }]);

    const [, grey = ""] = /<polygon class="beyond" points="([^"]+)"/.exec(svg) ?? [];
    const heights = grey.split(" ").map((place) => Number(place.split(",")[1]));
    // The limit first, and then the edge of the plot.
    expect(Math.sign((heights[2] ?? 0) - (heights[0] ?? 0))).toBe(side);
  });

  it("is drawn without spreads, bars and a second size as well", () => {
    const single: Curve = { ...flat, points: [{ size: 1000, value: 1 }], figures: [] };

    expect(drawCurves([single])).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("the table of points", () => {
  it("has a column for each size that is counted alike", () => {
    const sessions: Curve = { ...flat, sizesOf: "sessions", points: [{ size: 50, value: 3 }] };
    const larger: Curve = { ...flat, points: [{ size: 200_000, value: 2 }] };

    expect(pointTables([flat, sessions, larger]).split("\n")).toEqual([
      "| work | 1,000 users | 10,000 users | 100,000 users | 200,000 users |",
      "| --- | --: | --: | --: | --: |",
      "| work | **1 ms** (900 µs – 1.20 ms) | **1 ms** (900 µs – 1.20 ms) | **1 ms** (900 µs – 1.20 ms) |  |",
      "| work |  |  |  | **2 ms** |",
      "",
      "| work | 50 sessions |",
      "| --- | --: |",
      "| work | **3 ms** |",
    ]);
  });
});
