import { createMemoryReplayStore } from "../../src/jwt.ts";
import { boundedReplayStoreContract, type ReplayStoreHarness } from "../../src/testing/index.ts";
import { runReplayStoreContract } from "./run-replay-store-contract.ts";

const harness: ReplayStoreHarness = {
  async create(room) {
    let now = Date.now();
    const clock = { now: () => now };
    const store = createMemoryReplayStore({
      clock,
      ...(room !== undefined && { maxEntries: room }),
    });
    return {
      open: () => store,
      pass(seconds) {
        now += seconds * 1000;
      },
      takeDown: () => undefined,
      close: async () => undefined,
    };
  },
};

runReplayStoreContract("memory", harness, boundedReplayStoreContract);
