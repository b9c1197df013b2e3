import { describe, test } from "vitest";
import {
  type RevocationListHarness,
  revocationListContract,
  searchableRevocationListContract,
  sharedRevocationListContract,
} from "../../src/testing/index.ts";

/** Runs the conformance suite of the revocation list port, one test for each case. */
export function runRevocationListContract(
  list: string,
  harness: RevocationListHarness,
  { isShared }: { readonly isShared: boolean },
): void {
  describe(`contract: RevocationList / ${list}`, () => {
    const cases = [
      ...revocationListContract,
      ...searchableRevocationListContract,
      ...(isShared ? sharedRevocationListContract : []),
    ];
    test.each(cases)("$name", ({ run }) => run(harness));
  });
}
