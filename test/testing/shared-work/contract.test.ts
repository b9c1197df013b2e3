import { describe, expect, test } from "vitest";
import { createMemorySharedWork } from "../../../src/adapters/memory/index.ts";
import {
  ContractFailure,
  type SharedWorkHarness,
  sharedWorkContract,
  sharedWorkOfProcessesContract,
} from "../../../src/testing/index.ts";
import { type BrokenSharedWork, brokenSharedWork } from "../broken/shared-work.ts";

/** Places in memory, by a clock that is set, with a rule broken or none. */
function harnessOf({ breakWork }: Pick<BrokenSharedWork, "breakWork">): SharedWorkHarness {
  return {
    async create() {
      let now = 1_800_000_000_000;
      const work = createMemorySharedWork({ now: () => now });
      const broken = { ...work, ...breakWork(work) };
      return {
        open: () => broken,
        pass(seconds) {
          now += seconds * 1000;
        },
        takeDown: () => undefined,
        close: async () => undefined,
      };
    },
  };
}

describe("sharedWorkContract", () => {
  const cases = [...sharedWorkContract, ...sharedWorkOfProcessesContract];

  test.each(brokenSharedWork)("catches a place that $fault", async (broken) => {
    const workCase = cases.find(({ name }) => name === broken.caughtBy);

    const failure = await workCase?.run(harnessOf(broken)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(broken.caughtBy));
  });

  test.each(sharedWorkContract)(
    "finds no fault in one that breaks no rule: $name",
    async ({ run }) => {
      await expect(run(harnessOf({ breakWork: () => ({}) }))).resolves.toBeUndefined();
    },
  );

  test("gives each case a name of its own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("has a broken place for every case", () => {
    const caught = new Set(brokenSharedWork.map(({ caughtBy }) => caughtBy));

    expect(caught).toEqual(new Set(cases.map(({ name }) => name)));
  });
});
