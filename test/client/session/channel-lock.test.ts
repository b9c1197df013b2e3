import { describe, expect, test, vi } from "vitest";
import { createChannelLock } from "../../../src/client/session/channel-lock.ts";
import { createQueue } from "../../../src/client/session/queue.ts";
import { createGate, rejection } from "../support.ts";

function tabs(count: number, longestMs = 5_000) {
  const name = `lock ${crypto.randomUUID()}`;
  return Array.from({ length: count }, () => createChannelLock(name, createQueue(), longestMs));
}

describe("a lock of messages", () => {
  test("lets one tab at a time, all of them in the end", async () => {
    const locks = tabs(4);
    let inside = 0;
    const seen: number[] = [];

    await Promise.all(
      [...locks, ...locks].map((alone) =>
        alone(async () => {
          inside += 1;
          seen.push(inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inside -= 1;
        }),
      ),
    );

    expect(seen).toEqual(Array(8).fill(1));
  });

  test("gives what is done under it, and is free after a failure", async () => {
    const [alone = expect.fail()] = tabs(1);
    const failure = new Error("no");

    expect(await rejection(alone(() => Promise.reject(failure)))).toBe(failure);
    expect(await alone(async () => "done")).toBe("done");
  });

  test("is not waited for for ever, as who has it may be gone", async () => {
    const [one = expect.fail(), other = expect.fail()] = tabs(2, 200);
    const gate = createGate();
    const entered = vi.fn();
    const held = one(async () => {
      entered();
      await gate.opened;
    });
    await vi.waitFor(() => expect(entered).toHaveBeenCalled());
    const start = Date.now();

    await other(async () => undefined);

    expect(Date.now() - start).toBeGreaterThanOrEqual(199);
    gate.open();
    await held;
  });
});
