import { createSeededRandom } from "./seeded-random.ts";

/**
 * Makes a `pause` that lets others run in an order that nobody chose: of all that wait, half go on at a time, drawn by
 * lot, while the rest waits on. The same seed draws the same lots.
 *
 * @param nextTurn - waits until all who are on their way to a pause have got there: not for a microtask, but for a turn
 *   of the event loop. Node's `setImmediate` of `node:timers/promises` is faster than the default, a timer of 0 ms
 * @example
 * const { identity } = createMemoryIdentityProvider({ pause: createInterleaving(7) });
 */
export function createInterleaving(
  seed: number,
  nextTurn: () => Promise<unknown> = () => new Promise((resolve) => setTimeout(resolve, 0)),
): () => Promise<void> {
  const draw = createSeededRandom(seed);
  let waiting: (() => void)[] = [];
  let isReleasing = false;

  async function release(): Promise<void> {
    isReleasing = true;
    while (waiting.length > 0) {
      await nextTurn();
      const drawn = waiting.map((resume) => ({ resume, lot: draw() }));
      drawn.sort((one, other) => one.lot - other.lot);
      const count = Math.ceil(drawn.length / 2);
      waiting = drawn.slice(count).map(({ resume }) => resume);
      for (const { resume } of drawn.slice(0, count)) resume();
    }
    isReleasing = false;
  }

  return () =>
    new Promise((resume) => {
      waiting.push(resume);
      if (!isReleasing) void release();
    });
}
