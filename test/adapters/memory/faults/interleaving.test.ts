import { describe, expect, it } from "vitest";
import { createInterleaving } from "../../../../src/adapters/memory/index.ts";

/** Lets many count up without a lock, and gives what they counted to and in which order they did. */
async function count(seed: number) {
  const pause = createInterleaving(seed);
  const order: number[] = [];
  let total = 0;
  async function increment(caller: number): Promise<void> {
    const read = total;
    await pause();
    total = read + 1;
    order.push(caller);
  }
  await Promise.all(Array.from({ length: 20 }, (_, caller) => increment(caller)));
  return { total, order };
}

describe("interleaving", () => {
  it("lets others run between a read and the write that depends on it", async () => {
    const { total, order } = await count(1);

    expect(total).toBeLessThan(20);
    expect(order.toSorted((one, other) => one - other)).toEqual([...order.keys()]);
    expect(order).not.toEqual([...order.keys()]);
  });

  it("is the same for the same seed, and another for another", async () => {
    const runs = await Promise.all([count(1), count(1), count(2)]);

    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]?.order).not.toEqual(runs[0]?.order);
  });
});
