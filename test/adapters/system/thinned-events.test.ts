import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createThinnedEvents } from "../../../src/adapters/system/thinned-events.ts";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";

const rejection: SecurityEvent = {
  type: "token_rejection",
  outcome: "failure",
  at: 0,
  address: "203.0.113.7",
  code: "invalid_token",
  rejection: "malformed",
};

/** A sink that is thinned, by a clock that is set. */
function start(terms: { readonly hasTimer?: boolean } = { hasTimer: false }) {
  let time = 0;
  const told: SecurityEvent[] = [];
  const events = createThinnedEvents(
    { record: (event) => void told.push(event) },
    { now: () => time, ...terms },
  );
  const flood = (count: number, change: Partial<SecurityEvent> = {}) => {
    for (let at = 1; at <= count; at += 1) events.record({ ...rejection, at, ...change });
  };
  const pass = (seconds: number) => {
    time += seconds * 1000;
  };
  return { told, events, flood, pass };
}

describe("tokens that are refused", () => {
  test("of one address are one event at once, and one a minute with their count", () => {
    const { told, flood, pass } = start();

    flood(1000);
    expect(told).toEqual([{ ...rejection, at: 1 }]);
    pass(60);
    flood(500);
    pass(60);
    flood(1);

    expect(told).toEqual([
      { ...rejection, at: 1 },
      { ...rejection, at: 1000, count: 999 },
      { ...rejection, at: 500, count: 500 },
    ]);
  });

  test("are told at once again after a minute without any", () => {
    const { told, flood, pass } = start();
    flood(1);
    pass(61);

    flood(1, { at: 7 });

    expect(told.map(({ count }) => count)).toEqual([undefined, undefined]);
  });

  test.each<[string, Partial<SecurityEvent>]>([
    ["another address", { address: "203.0.113.8" }],
    ["another reason", { rejection: "bad_signature" }],
    ["another code", { code: "token_expired" }],
    ["another user", { subject: "3f0c5d6a" }],
    ["an address of no form", { address: "pipe" }],
  ])("are told of by themselves for %s", (_what, change) => {
    const { told, flood } = start();
    flood(2);

    flood(2, change);

    expect(told).toHaveLength(2);
  });

  test("of one network of IPv6 are those of one caller", () => {
    const { told, flood } = start();

    flood(1, { address: "2001:db8:1:2::1" });
    flood(1, { address: "2001:db8:1:2:ffff::2" });
    flood(1, { address: "2001:db8:1:3::1" });

    expect(told).toHaveLength(2);
  });

  test("take no more memory than ten thousand addresses, and lose no count", () => {
    const { told, flood, events } = start();
    const addresses = Array.from({ length: 10_100 }, (_, index) => `host-${index}`);
    for (const address of addresses) flood(2, { address });

    const early = told.filter(({ count }) => count !== undefined);
    expect(early).toHaveLength(100);
    events.flush();

    const counted = told.reduce((sum, { count = 1 }) => sum + count, 0);
    expect(counted).toBe(20_200);
  });

  test("are told of with the next event of any kind, once their minute is over", () => {
    const { told, flood, pass, events } = start();
    flood(3);
    pass(60);

    events.record({ type: "sign_in", outcome: "success", at: 9 });

    expect(told.map(({ type, count }) => [type, count])).toEqual([
      ["token_rejection", undefined],
      ["token_rejection", 2],
      ["sign_in", undefined],
    ]);
  });

  test("that were held back are told of before the end", () => {
    const { told, flood, events } = start();
    flood(3);

    events.flush();
    events.flush();

    expect(told.map(({ count }) => count)).toEqual([undefined, 2]);
  });
});

test("no event of another kind is held back", () => {
  const { told, events } = start();

  for (let at = 0; at < 50; at += 1)
    events.record({ type: "sign_in", outcome: "failure", at, code: "invalid_credentials" });

  expect(told).toHaveLength(50);
});

describe("where there are timers", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("what was held back is told of though nothing more comes", () => {
    const { told, flood, pass } = start({ hasTimer: true });
    flood(3);

    pass(60);
    vi.advanceTimersByTime(60_000);

    expect(told.map(({ count }) => count)).toEqual([undefined, 2]);
    pass(60);
    vi.advanceTimersByTime(60_000);
    expect([told.length, vi.getTimerCount()]).toEqual([2, 0]);
  });
});
