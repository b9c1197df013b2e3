import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { createMemoryReplayStore } from "../../../src/jwt.ts";
import type { ReplayStore } from "../../../src/ports/index.ts";
import {
  boundedReplayStoreContract,
  ContractFailure,
  type ReplayStoreHarness,
  replayStoreContract,
  sharedReplayStoreContract,
} from "../../../src/testing/index.ts";
import { brokenReplayStores, type StoreParts } from "../broken/replay-stores.ts";

/** Stores in memory that all processes share, by a clock that is set, with a rule broken or none. */
function harnessOf(broken: (parts: StoreParts) => () => ReplayStore = sound): ReplayStoreHarness {
  return {
    async create(room = 100_000) {
      let [now, isCut] = [Date.now(), false];
      const clock = { now: () => now };
      const make = () => createMemoryReplayStore({ clock, maxEntries: room });
      const open = broken({ make, now: clock.now, isDown: () => isCut, room });
      return {
        open,
        pass(seconds) {
          now += seconds * 1000;
        },
        takeDown() {
          isCut = true;
        },
        close: async () => undefined,
      };
    },
  };
}

function sound({ make, isDown }: StoreParts): () => ReplayStore {
  const store = make();
  return () => ({
    async add(id, until) {
      if (isDown()) throw new IdentityError("provider_unavailable");
      return store.add(id, until);
    },
  });
}

describe("replayStoreContract", () => {
  const cases = [
    ...replayStoreContract,
    ...sharedReplayStoreContract,
    ...boundedReplayStoreContract,
  ];

  test.each(brokenReplayStores)("catches a store that $fault", async ({ broken, ...rest }) => {
    const storeCase = cases.find(({ name }) => name === rest.caughtBy);

    const failure = await storeCase?.run(harnessOf(broken)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.caughtBy));
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.saying));
  });

  test.each(cases)("finds no fault in one that breaks no rule: $name", async ({ run }) => {
    await expect(run(harnessOf())).resolves.toBeUndefined();
  });

  test("gives each case a name of its own", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("has a broken store for every case", () => {
    const caught = new Set(brokenReplayStores.map(({ caughtBy }) => caughtBy));

    expect(caught).toEqual(new Set(cases.map(({ name }) => name)));
  });
});
