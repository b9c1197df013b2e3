import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countDroppedConnections } from "../../src/service/dropped-connections.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting() {
  const told: number[] = [];
  const dropped = countDroppedConnections((count) => told.push(count));
  const drop = (count: number) => {
    for (let one = 0; one < count; one++) dropped.add();
  };
  return { told, dropped, drop };
}

test("the first dropped connection is told at once, and more of them once a minute", () => {
  const { told, dropped, drop } = counting();

  drop(5);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(59_999);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([1, 4]);
  drop(2);
  expect(told).toEqual([1, 4]);
  vi.advanceTimersByTime(60_000);

  expect(told).toEqual([1, 4, 2]);
  expect(dropped.total).toBe(7);
});

test("nothing is told where there was nothing, and the next after a quiet minute at once", () => {
  const { told, drop } = counting();

  drop(1);
  vi.advanceTimersByTime(600_000);
  expect(told).toEqual([1]);
  drop(1);

  expect(told).toEqual([1, 1]);
});

test("those that nobody was told of are told at the end", () => {
  const { told, dropped, drop } = counting();

  drop(3);
  dropped.end();
  dropped.end();

  expect(told).toEqual([1, 2]);
});
