import { createMemorySharedWork } from "../../src/adapters/memory/index.ts";
import type { SharedWorkHarness } from "../../src/testing/index.ts";
import { runSharedWorkContract } from "./run-shared-work-contract.ts";

const harness: SharedWorkHarness = {
  async create() {
    let now = Date.now();
    const work = createMemorySharedWork({ now: () => now });
    return {
      open: () => work,
      pass(seconds) {
        now += seconds * 1000;
      },
      takeDown: () => undefined,
      close: async () => undefined,
    };
  },
};

runSharedWorkContract("memory", harness, { isShared: false });
