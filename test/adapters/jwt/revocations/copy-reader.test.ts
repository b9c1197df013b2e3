import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCopyReader } from "../../../../src/adapters/jwt/revocations/copy-reader.ts";
import { createRevocationCopy } from "../../../../src/adapters/jwt/revocations/revocation-copy.ts";
import type { RevocationPage } from "../../../../src/ports/index.ts";
import { adjustableClock } from "../token-signer.ts";

const nothing: RevocationPage = { revocations: [], cursor: "1" };
const never = () => new Promise<RevocationPage>(() => undefined);

/** A reader of a list that answers as it is told to, with what it told and when it looked for what is over. */
function world(maxAgeMs = 10_000) {
  const clock = adjustableClock();
  const copy = createRevocationCopy(10);
  const prune = vi.spyOn(copy, "prune");
  const ends: unknown[] = [];
  const list = { reads: 0, answer: async () => nothing };
  const reader = createCopyReader({
    list: {
      add: async () => undefined,
      read() {
        list.reads += 1;
        return list.answer();
      },
    },
    copy,
    clock,
    maxAgeMs,
    timeoutMs: 1_000,
    waitUntil: undefined,
    onRestored: () => undefined,
    onEnd: (failure) => ends.push(failure),
  });
  return { clock, list, prune, ends, reader };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a reader of a list", () => {
  it("reads ahead from half of the age on, where chance has no say", async () => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => array);
    const { reader, clock, list } = world();
    await reader.due();

    clock.time += 4_999;
    expect(reader.due()).toBeUndefined();
    expect(list.reads).toBe(1);
    clock.time += 1;

    expect(reader.due()).toBeUndefined();
    expect(list.reads).toBe(2);
  });

  it("looks for what is over once in a minute", async () => {
    const { reader, clock, prune } = world(1);
    const start = clock.time;

    for (const ms of [0, 59_999, 60_000, 119_999, 120_000]) {
      clock.time = start + ms;
      await reader.due();
    }

    expect(prune.mock.calls).toEqual([[start / 1000 + 60], [start / 1000 + 120]]);
  });

  it("shares a reading to the end of its time, and begins anew after", () => {
    const { reader, clock, list } = world();
    list.answer = never;
    void reader.due();

    clock.time += 1_000;
    void reader.due();
    expect(list.reads).toBe(1);
    clock.time += 1;
    void reader.due();

    expect(list.reads).toBe(2);
  });

  it("begins anew by a clock that was set back", () => {
    const { reader, clock, list } = world();
    list.answer = never;
    void reader.due();

    clock.time -= 1;
    void reader.due();

    expect(list.reads).toBe(2);
  });

  it("forgets no reading for an earlier one that was given up", async () => {
    const { reader, clock, list } = world(100);
    list.answer = never;
    void reader.due();
    await vi.advanceTimersByTimeAsync(500);
    clock.time += 1_001;
    void reader.due();

    await vi.advanceTimersByTimeAsync(500);
    void reader.due();

    expect(list.reads).toBe(2);
  });

  it("gives an earlier reading up where a later one is done, and hears no more of it", async () => {
    const { reader, clock, list, ends } = world();
    list.answer = never;
    void reader.due();
    clock.time += 1_001;
    list.answer = async () => nothing;
    await reader.due();

    await vi.advanceTimersByTimeAsync(1_000);

    expect(ends).toEqual([undefined]);
  });

  it("tells of a failure that says nothing", async () => {
    const { reader, list, ends } = world();
    list.answer = () => Promise.reject(undefined);

    await reader.due();

    expect(ends).toEqual([expect.any(Error)]);
  });
});
