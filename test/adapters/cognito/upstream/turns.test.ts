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
  return turns.take() ?? { begunAt: performance.now(), caller: undefined };
}

test("finds turns again whose requests have gone", () => {
  const turns = start();
  takeAll(turns);

  vi.advanceTimersByTime(patienceMs);
  expect(turns.take()).toBeUndefined();
  vi.advanceTimersByTime(1);

  expect(takeAll(turns)).toHaveLength(4);
});

/** Takes all turns that a caller can have. */
function takeAllFor(turns: ReturnType<typeof start>, caller: string): Turn[] {
  const taken: Turn[] = [];
  for (let turn = turns.take(caller); turn; turn = turns.take(caller)) taken.push(turn);
  return taken;
}

test("leaves a fifth to others than the one who asks most", () => {
  const turns = start(50);

  expect(takeAllFor(turns, "203.0.113.7")).toHaveLength(40);
  expect(takeAllFor(turns, "203.0.113.8")).toHaveLength(10);
  expect(turns.take()).toBeUndefined();
});

test("leaves places to wait to others as well", async () => {
  const turns = start(1, 10);
  takeAll(turns);
  const waiting = Array.from({ length: 10 }, () => turns.wait(500, "203.0.113.7"));
  await Promise.resolve();

  expect(turns.counts().waiting).toBe(8);
  const other = turns.wait(500, "203.0.113.8");
  expect(turns.counts().waiting).toBe(9);
  vi.advanceTimersByTime(500);
  await Promise.all([...waiting, other]);
});

test("gives the next turn to whoever has the fewest, and in order among them", async () => {
  const turns = start(5, 10);
  const held = takeAllFor(turns, "hog");
  const [last] = takeAllFor(turns, "other");
  const order: string[] = [];
  const wait = async (caller: string) => {
    if (await turns.wait(500, caller)) order.push(caller);
  };
  const waiting = ["hog", "hog", "one", "two"].map(wait);
  await vi.advanceTimersByTimeAsync(0);

  for (const turn of [last, ...held]) if (turn) turns.end(turn, "answered");
  await Promise.all(waiting);

  expect(order).toEqual(["one", "two", "hog", "hog"]);
});

test("gives one caller all of one turn, where there is no more", () => {
  expect(takeAllFor(start(1), "203.0.113.7")).toHaveLength(1);
});

test("lets callers have as many as there are whom nobody can tell apart", () => {
  expect(takeAll(start(50))).toHaveLength(50);
});
