import { expect, test } from "vitest";
import { createBreaker } from "../../../../src/adapters/cognito/upstream/breaker.ts";
import type { BreakerState } from "../../../../src/ports/index.ts";

/** A breaker on a clock that goes only by hand. */
function start() {
  let time = 0;
  const states: BreakerState[] = [];
  const breaker = createBreaker({
    now: () => time,
    patienceMs: 6_000,
    onChange: (state) => states.push(state),
  });
  const call = (isWell: boolean | undefined, pauseMs?: number) =>
    breaker.settle(breaker.pass(), isWell, pauseMs);
  return {
    breaker,
    states,
    call,
    calls: (count: number, isWell: boolean) => {
      for (let made = 0; made < count; made += 1) call(isWell);
    },
    advance: (ms: number) => {
      time += ms;
    },
  };
}

function startOpen() {
  const started = start();
  started.calls(20, false);
  return started;
}

test("opens at the twentieth call, if half of them failed", () => {
  const { breaker, calls } = start();

  calls(10, true);
  calls(9, false);
  expect(breaker.state()).toBe("closed");
  calls(1, false);

  expect(breaker.state()).toBe("open");
  expect(breaker.waitMs()).toBe(5_000);
});

test("does not open for nineteen failures", () => {
  const { breaker, calls } = start();

  calls(19, false);

  expect(breaker.state()).toBe("closed");
});

test("does not open while less than half of the calls fail", () => {
  const { breaker, calls } = start();

  for (let round = 0; round < 100; round += 1) {
    calls(11, true);
    calls(10, false);
  }

  expect(breaker.state()).toBe("closed");
});

test("looks back ten seconds, and no farther", () => {
  const { breaker, calls, advance } = start();

  calls(19, false);
  advance(9_000);
  calls(1, true);
  advance(1_000);
  calls(18, false);

  expect(breaker.state()).toBe("closed");
  calls(1, false);
  expect(breaker.state()).toBe("open");
});

test("lets one call try after five seconds, and closes when that is well", () => {
  const { breaker, advance, states, calls } = startOpen();

  advance(4_999);
  expect(breaker.waitMs()).toBe(1);
  advance(1);
  expect(breaker.waitMs()).toBe(0);
  const passage = breaker.pass();
  expect(breaker.state()).toBe("half_open");
  expect(breaker.waitMs()).toBeGreaterThan(0);
  breaker.settle(passage, true);

  expect(breaker.state()).toBe("closed");
  expect(breaker.waitMs()).toBe(0);
  expect(states).toEqual(["open", "half_open", "closed"]);
  calls(19, false);
  expect(breaker.state()).toBe("closed");
});

test("stays open for five more seconds when that one fails", () => {
  const { breaker, advance, call } = startOpen();

  advance(5_000);
  call(false);

  expect(breaker.state()).toBe("open");
  expect(breaker.waitMs()).toBe(5_000);
});

test("has another try at once where the call was not made after all", () => {
  const { breaker, advance, call } = startOpen();

  advance(5_000);
  call(undefined);

  expect(breaker.waitMs()).toBe(0);
  call(true);
  expect(breaker.state()).toBe("closed");
});

test("has another try where the one that tried is lost, whose end then says nothing", () => {
  const { breaker, advance } = startOpen();

  advance(5_000);
  const lost = breaker.pass();
  advance(5_999);
  expect(breaker.waitMs()).toBe(1);
  advance(1);
  const found = breaker.pass();
  breaker.settle(lost, true);
  expect(breaker.state()).toBe("half_open");
  breaker.settle(found, false);

  expect(breaker.state()).toBe("open");
});

test("goes by no call from before it opened", () => {
  const { breaker, advance, calls, call } = start();
  const early = Array.from({ length: 50 }, () => breaker.pass());
  calls(20, false);

  for (const passage of early) breaker.settle(passage, true);
  expect(breaker.state()).toBe("open");
  advance(5_000);
  call(true);
  for (const passage of early) breaker.settle(passage, false);

  expect(breaker.state()).toBe("closed");
});

test("is opened by no single call that the other side asks to be left alone in", () => {
  const { breaker, call, calls } = start();

  call(false, 60_000);
  expect(breaker.waitMs()).toBe(0);
  calls(18, false);

  expect(breaker.state()).toBe("closed");
});

test("stays open for as long as the other side asks for, whether it opens or the call that tries fails", () => {
  const { breaker, call, calls, advance } = start();

  calls(19, false);
  call(false, 30_000);

  expect(breaker.waitMs()).toBe(30_000);
  advance(30_000);
  call(false, 30_000);
  expect(breaker.waitMs()).toBe(30_000);
  advance(30_000);
  call(true);
  expect(breaker.state()).toBe("closed");
});
