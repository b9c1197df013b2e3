import { describe, test } from "vitest";
import {
  type ReplayStoreCase,
  type ReplayStoreHarness,
  replayStoreContract,
} from "../../src/testing/index.ts";

/** Runs the conformance suite of the replay store port, one test for each case. */
export function runReplayStoreContract(
  store: string,
  harness: ReplayStoreHarness,
  more: readonly ReplayStoreCase[],
): void {
  describe(`contract: ReplayStore / ${store}`, () => {
    test.each([...replayStoreContract, ...more])("$name", ({ run }) => run(harness), 60_000);
  });
}
