import { identityProviderContract, planContract } from "../../../src/testing/index.ts";
import { startMemoryHarness } from "../../contract/memory-harness.ts";

/** What became of the cases of a run. */
export interface ContractReport {
  readonly passed: number;
  /** Those that the provider does not declare to be able to do, each with the reason. */
  readonly notRun: readonly string[];
  /** The messages of those that did not hold. */
  readonly failed: readonly string[];
}

/** Runs the conformance suite on the in-memory provider. Asks nothing of the runtime that is not on all of them. */
export async function reportContract(): Promise<ContractReport> {
  const harness = await startMemoryHarness({ refreshRotation: { graceSeconds: 60 } });
  const { capabilities } = harness.identity;
  const notRun: string[] = [];
  const failed: string[] = [];
  let passed = 0;
  for (const planned of planContract(identityProviderContract, { capabilities })) {
    const { name, run } = planned.contractCase;
    if (planned.kind === "out_of_reach") {
      notRun.push(`${name}: ${planned.reason}`);
      continue;
    }
    try {
      await run(harness);
      passed += 1;
    } catch (error) {
      failed.push(String(error));
    }
  }
  return { passed, notRun, failed };
}
