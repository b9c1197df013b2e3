import { createMemoryRevocationList } from "../../src/adapters/memory/index.ts";
import type { RevocationListHarness } from "../../src/testing/index.ts";
import { runRevocationListContract } from "./run-revocation-list-contract.ts";

const harness: RevocationListHarness = {
  async create() {
    let now = Date.now();
    const list = createMemoryRevocationList({ now: () => now });
    return {
      open: () => list,
      nowSeconds: () => Math.floor(now / 1000),
      pass(seconds) {
        now += seconds * 1000;
      },
      takeDown: () => undefined,
      close: async () => undefined,
    };
  },
};

runRevocationListContract("memory", harness, { isShared: false });
