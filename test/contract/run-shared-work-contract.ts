import { describe, test } from "vitest";
import {
  type SharedWorkHarness,
  sharedWorkContract,
  sharedWorkOfProcessesContract,
} from "../../src/testing/index.ts";

/** Runs the conformance suite of the shared work port, one test for each case. */
export function runSharedWorkContract(
  store: string,
  harness: SharedWorkHarness,
  { isShared }: { readonly isShared: boolean },
): void {
  describe(`contract: SharedWork / ${store}`, () => {
    const cases = [...sharedWorkContract, ...(isShared ? sharedWorkOfProcessesContract : [])];
    test.each(cases)("$name", ({ run }) => run(harness), 60_000);
  });
}
