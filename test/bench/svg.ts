// The page around a picture may be light or dark. A curve has the colour of met or missed, and is not filled with it.
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .heading { font-size: 16px; font-weight: 600 }
  .small { font-size: 11px; fill: #59636e }
  .grid { stroke: #d1d9e0 }
  .met { fill: #1a7f6b; color: #1a7f6b }
  .missed { fill: #bc4c00; color: #bc4c00 }
  .bar { stroke: #1f2328; stroke-width: 2 }
  .spread { stroke: #1f2328; stroke-opacity: 0.5 }
  polyline.curve { fill: none; stroke: currentColor; stroke-width: 2 }
  .quartiles { stroke: currentColor; stroke-width: 6; stroke-opacity: 0.35 }
  .limit { fill: none; stroke: #1f2328; stroke-dasharray: 5 3 }
  .beyond { fill: #1f2328; fill-opacity: 0.06 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .small { fill: #9198a1 }
    .grid { stroke: #3d444d }
    .met { fill: #3fb99a; color: #3fb99a }
    .missed { fill: #f0883e; color: #f0883e }
    .bar, .spread, .limit { stroke: #f0f6fc }
    .beyond { fill: #f0f6fc; fill-opacity: 0.09 }
  }`;

/** Puts parts together to a picture. */
export function picture(
  {
    title,
    width,
    height,
  }: { readonly title: string; readonly width: number; readonly height: number },
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}\n</style>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

/** A point of a picture: how far to the right, and how far down. */
export type Place = readonly [x: number, y: number];

export function polyline(places: readonly Place[], kind: string): string {
  return `<polyline class="${kind}" points="${listed(places)}"/>`;
}

export function polygon(places: readonly Place[], kind: string): string {
  return `<polygon class="${kind}" points="${listed(places)}"/>`;
}

export function text(
  x: number,
  y: number,
  content: string,
  kind = "name",
  anchor: "start" | "middle" | "end" = "start",
): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function listed(places: readonly Place[]): string {
  return places.map((place) => place.join(",")).join(" ");
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
