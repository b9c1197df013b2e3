import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ContractFailure,
  type IdentityProviderCaseName,
  type IdentityProviderHarness,
  identityProviderContract,
  type KnownLimits,
  planContract,
} from "../../src/testing/index.ts";

/**
 * Runs the conformance suite of the identity provider port, one test for each case. A case that is known to fail, or
 * that the harness cannot run, is a test as well: it sees the case fail, so that no such entry outlives its reason.
 */
export function runIdentityProviderContract(
  provider: string,
  start: () => Promise<IdentityProviderHarness>,
  limits: KnownLimits<IdentityProviderCaseName> = {},
): void {
  describe(`contract: IdentityProvider / ${provider}`, () => {
    let harness: IdentityProviderHarness;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(() => harness?.close());

    for (const planned of planContract(identityProviderContract, limits)) {
      const { name, run } = planned.contractCase;
      if (planned.kind === "promise") {
        test(name, () => run(harness));
        continue;
      }
      const label = planned.kind === "gap" ? "gap" : "not run";
      test(`${label}: ${name} — ${planned.reason}`, async () => {
        const outcome = expect(run(harness), "this case passes now: take it off the list");
        await outcome.rejects.toBeInstanceOf(ContractFailure);
      });
    }
  });
}
