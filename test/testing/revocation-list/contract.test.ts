import { describe, expect, test } from "vitest";
import { createMemoryRevocationList } from "../../../src/adapters/memory/index.ts";
import {
  ContractFailure,
  type RevocationListHarness,
  revocationListContract,
  searchableRevocationListContract,
  sharedRevocationListContract,
} from "../../../src/testing/index.ts";
import { type BrokenList, brokenRevocationLists } from "../broken/revocation-lists.ts";

function harnessOf({ breakList }: BrokenList): RevocationListHarness {
  return {
    async create() {
      let now = Date.now();
      const list = createMemoryRevocationList({ now: () => now });
      const broken = { ...list, ...breakList(list) };
      return {
        open: () => broken,
        nowSeconds: () => Math.floor(now / 1000),
        pass(seconds) {
          now += seconds * 1000;
        },
        takeDown: () => undefined,
        close: async () => undefined,
      };
    },
  };
}

describe("revocationListContract", () => {
  const cases = [
    ...revocationListContract,
    ...searchableRevocationListContract,
    ...sharedRevocationListContract,
  ];

  test.each(brokenRevocationLists)("catches a list that $fault", async (broken) => {
    const listCase = cases.find(({ name }) => name === broken.caughtBy);

    const failure = await listCase?.run(harnessOf(broken)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(broken.caughtBy));
  });

  test("gives each case a name of its own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("has a broken list for every case", () => {
    const caught = new Set(brokenRevocationLists.map(({ caughtBy }) => caughtBy));

    expect(caught).toEqual(new Set(cases.map(({ name }) => name)));
  });
});
