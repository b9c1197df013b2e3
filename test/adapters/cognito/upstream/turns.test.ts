import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurns, type Turn } from "../../../../src/adapters/cognito/upstream/turns.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const patienceMs = 6_000;
const start = (most = 4, mostWaiting = 3) =>
  createTurns({ now: () => performance.now(), patienceMs, most, mostWaiting });

/** Takes all turns that there are. */
function takeAll(turns: ReturnType<typeof start>): Turn[] {
  const taken: Turn[] = [];
  for (let turn = turns.take(); turn; turn = turns.take()) taken.push(turn);
  return taken;
}

test("has only so many at once", () => {
  const turns = start();

  expect(takeAll(turns)).toHaveLength(4);
  expect(turns.counts()).toEqual({ underWay: 4, waiting: 0, concurrency: 4 });
});

test("gives those who wait their turns in order, before anybody who comes later", async () => {
  const turns = start(1);
  const [first] = takeAll(turns);
  const order: string[] = [];
  const waiters = ["one", "two"].map(async (name) => {
    const turn = await turns.wait(500);
    order.push(name);
    if (turn) turns.end(turn, "answered");
  });

  if (first) turns.end(first, "answered");
  expect(turns.take()).toBeUndefined();
  await Promise.all(waiters);

  expect(order).toEqual(["one", "two"]);
  expect(turns.take()).toBeDefined();
});

test("lets only so many wait, and none longer than its time", async () => {
  const turns = start();
  takeAll(turns);

  const waiting = [500, 500, 500].map((ms) => turns.wait(ms));
  expect(await turns.wait(500)).toBeUndefined();
  expect(turns.counts().waiting).toBe(3);
  vi.advanceTimersByTime(500);

  expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined]);
  expect(turns.counts().waiting).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("does not wait where no time is left", async () => {
  const turns = start();
  takeAll(turns);

  expect(await turns.wait(0)).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test("has half as many after throttling, once for all that were under way", () => {
  const turns = start(16);
  const taken = takeAll(turns);
  vi.advanceTimersByTime(10);

  for (const turn of taken) turns.end(turn, "throttled");

  expect(turns.counts().concurrency).toBe(8);
  vi.advanceTimersByTime(10);
  const [later] = takeAll(turns);
  vi.advanceTimersByTime(10);
  if (later) turns.end(later, "throttled");
  expect(turns.counts().concurrency).toBe(4);
});

test("never has less than one", () => {
  const turns = start(4);

  for (let round = 0; round < 10; round += 1) {
    vi.advanceTimersByTime(10);
    for (const turn of takeAll(turns)) turns.end(turn, "throttled");
  }

  expect(turns.counts().concurrency).toBe(1);
});

test("has one more after each round of answers, up to as many as at first", () => {
  const turns = start(4);
  const [first] = takeAll(turns);
  vi.advanceTimersByTime(10);
  if (first) turns.end(first, "throttled");
  expect(turns.counts().concurrency).toBe(2);
  const round = () => {
    for (let answered = 0; answered < 3; answered += 1) {
      const turn = createdTurn(turns);
      turns.end(turn, "answered");
    }
  };

  round();
  expect(turns.counts().concurrency).toBe(3);
  for (let rounds = 0; rounds < 20; rounds += 1) round();

  expect(turns.counts().concurrency).toBe(4);
});

function createdTurn(turns: ReturnType<typeof start>): Turn {
  // A turn that is not under way counts as any other when it ends.
  return turns.take() ?? { begunAt: performance.now() };
}

test("finds turns again whose requests have gone", () => {
  const turns = start();
  takeAll(turns);

  vi.advanceTimersByTime(patienceMs);
  expect(turns.take()).toBeUndefined();
  vi.advanceTimersByTime(1);

  expect(takeAll(turns)).toHaveLength(4);
});
