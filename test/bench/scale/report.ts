import { amount, type Curve } from "./curve.ts";

/** Writes the points of each curve as Markdown tables, one for what is counted alike. */
export function pointTables(curves: readonly Curve[]): string {
  return [...Map.groupBy(curves, ({ sizesOf }) => sizesOf)]
    .map(([sizesOf, alike]) => pointTable(sizesOf, alike))
    .join("\n\n");
}

function pointTable(sizesOf: string, curves: readonly Curve[]): string {
  const sizes = [...new Set(curves.flatMap(({ points }) => points.map(({ size }) => size)))];
  const sorted = sizes.toSorted((one, other) => one - other);
  const head = ["work", ...sorted.map((size) => `${size.toLocaleString("en")} ${sizesOf}`)];
  const rows = curves.map((curve) => [curve.work, ...sorted.map((size) => cell(curve, size))]);
  return [head, head.map((_name, index) => (index === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function cell(curve: Curve, size: number): string {
  const point = curve.points.find((one) => one.size === size);
  if (!point) return "";
  const value = `**${amount(point.value, curve.unit)}**`;
  if (!point.spread) return value;
  const [low, high] = point.spread.map((end) => amount(end, curve.unit));
  return `${value} (${low} – ${high})`;
}
