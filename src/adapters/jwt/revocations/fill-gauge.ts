/** The share of the room that is told of as nearly full, and the share under which that is forgotten again. */
const [nearlyFull, roomyAgain] = [0.8, 0.5];

/**
 * Makes a gauge that is shown how many entries there are, and tells once when the room for them is nearly full and once
 * when it is full. It tells again only after there was room enough.
 */
export function createFillGauge(
  maxEntries: number,
  onFilling: (entries: number, maxEntries: number) => void,
): (entries: number) => void {
  let told = 0;
  return (entries) => {
    const share = entries / maxEntries;
    if (share < roomyAgain) told = 0;
    const reached = [1, nearlyFull].find((level) => share >= level) ?? 0;
    if (reached <= told) return;
    told = reached;
    onFilling(entries, maxEntries);
  };
}
