import { createSeededRandom } from "./seeded-random.ts";

/**
 * Makes a `pause` that lets others run in an order that nobody chose: of all that wait, some go on at a time, drawn by
 * lot, while the rest waits on. The same seed draws the same lots.
 *
 * @example
 * const { identity } = createMemoryIdentityProvider({ pause: createInterleaving(7) });
 */
export function createInterleaving(seed: number): () => Promise<void> {
  const draw = createSeededRandom(seed);
  let waiting: (() => void)[] = [];
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    // A task of its own, not a microtask, so that all who are on their way get here first.
    setTimeout(release, 0);
  }

  function release(): void {
    isScheduled = false;
    const lots = waiting
      .map((resume) => ({ resume, lot: draw() }))
      .toSorted((a, b) => a.lot - b.lot);
    const count = Math.ceil(lots.length / 2);
    waiting = lots.slice(count).map(({ resume }) => resume);
    for (const { resume } of lots.slice(0, count)) resume();
    if (waiting.length > 0) schedule();
  }

  return () =>
    new Promise((resume) => {
      waiting.push(resume);
      schedule();
    });
}
