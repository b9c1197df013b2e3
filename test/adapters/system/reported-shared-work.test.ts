import { expect, test } from "vitest";
import { createMemorySharedWork } from "../../../src/adapters/memory/index.ts";
import { createReportedSharedWork } from "../../../src/adapters/system/reported-shared-work.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { SharedWork } from "../../../src/ports/index.ts";

test("an outage of the place for shared work is told once, and once that it is over", async () => {
  const store = createMemorySharedWork();
  const failure = new IdentityError("provider_unavailable");
  let isDown = false;
  const through =
    <Input extends readonly unknown[], T>(work: (...input: Input) => Promise<T>) =>
    (...input: Input) =>
      isDown ? Promise.reject(failure) : work(...input);
  const shared: SharedWork = {
    claim: through(store.claim),
    settle: through(store.settle),
    release: through(store.release),
  };
  const told: unknown[] = [];
  const work = createReportedSharedWork(shared, {
    onFailure: (error) => told.push(error),
    onRecovery: () => told.push("again"),
  });

  const mine = await work.claim("one", 7, 60);
  if (mine.state !== "claimed") throw new Error(mine.state);
  isDown = true;
  await expect(work.claim("two", 7, 60)).rejects.toBe(failure);
  const outcome = { text: "x", generation: 7, seconds: 60 };
  await expect(work.settle(mine, outcome)).rejects.toBe(failure);
  await expect(work.release(mine)).rejects.toBe(failure);
  isDown = false;
  expect(await work.settle(mine, outcome)).toBe(true);
  await work.release(mine);

  expect(told).toEqual([failure, "again"]);
  expect(await work.claim("one", 7, 60)).toEqual({ state: "done", outcome: "x" });
});
