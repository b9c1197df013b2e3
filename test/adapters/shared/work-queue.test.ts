import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createWorkQueue } from "../../../src/adapters/shared/work-queue.ts";
import type { IdentityError } from "../../../src/domain/errors.ts";

/** Work that ends when it is told to, and tells when it began. */
function controlledWork() {
  const gate = Promise.withResolvers<void>();
  let hasBegun = false;
  const work = async () => {
    hasBegun = true;
    await gate.promise;
  };
  return { work, end: () => gate.resolve(), fail: gate.reject, hasBegun: () => hasBegun };
}

const refusal = (call: Promise<unknown>): Promise<IdentityError | undefined> =>
  call.then(
    () => undefined,
    (error: IdentityError) => error,
  );

describe("a queue for work that costs", () => {
  test("does so much at once, and the rest in the order in which it came", async () => {
    const { run } = createWorkQueue({ atOnce: 2 });
    const works = Array.from({ length: 4 }, controlledWork);
    const begun = () => works.map(({ hasBegun }) => hasBegun());
    const all = Promise.all(works.map(({ work }) => run(work)));
    await setImmediate();

    expect(begun()).toEqual([true, true, false, false]);
    works[1]?.end();
    await setImmediate();
    expect(begun()).toEqual([true, true, true, false]);
    for (const { end } of works) end();
    await all;
    expect(begun()).toEqual([true, true, true, true]);
  });

  test("gives what the work gives, and goes on after work that fails", async () => {
    const { run } = createWorkQueue({ atOnce: 1 });
    const failed = run(() => Promise.reject(new Error("no luck")));
    const next = run(async () => "done");

    await expect(failed).rejects.toThrow("no luck");
    expect(await next).toBe("done");
    expect(await run(async () => "done again")).toBe("done again");
  });

  test("refuses what it has no room for, says when to come back, and does none of it", async () => {
    const { run } = createWorkQueue({ atOnce: 1, mostWaiting: 1 });
    const first = controlledWork();
    const last = controlledWork();
    const running = run(first.work);
    const waiting = run(async () => "waited");

    const refused = await refusal(run(last.work));
    first.end();
    await running;

    expect(refused).toMatchObject({ code: "overloaded", retryAfterSeconds: 2 });
    expect(last.hasBegun()).toBe(false);
    expect(await waiting).toBe("waited");
    expect(await run(async () => "room again")).toBe("room again");
  });

  test("gives up what has waited too long, as whoever asked has left", async () => {
    const { run } = createWorkQueue({ atOnce: 1, longestWaitMs: 50 });
    const first = controlledWork();
    const late = controlledWork();
    const running = run(first.work);
    const waiting = refusal(run(late.work));
    await setTimeout(80);
    first.end();
    await running;

    expect(await waiting).toMatchObject({ code: "overloaded" });
    expect(late.hasBegun()).toBe(false);
  });

  test("lets others have a turn before work that holds the thread up", async () => {
    const { run } = createWorkQueue({ atOnce: 1, isBlocking: true });
    const steps: string[] = [];
    const work = (name: string) => async () => void steps.push(name);
    const both = Promise.all([run(work("first")), run(work("second"))]);
    const other = setImmediate().then(() => steps.push("another request"));
    await Promise.all([both, other]);

    expect(steps.indexOf("another request")).toBeLessThan(2);
    expect(steps).toContain("second");
  });
});
