import { expect, test } from "vitest";
import { identityProviderContract } from "../../src/testing/index.ts";
import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import { runReport } from "./kit/run-report.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the conformance kit on ${runtime}`, () => {
    test("sees the in-memory provider keep every promise that it can be tried on", async () => {
      const report = await runReport(runtime, "contract");

      expect(report.failed).toEqual([]);
      expect(report.notRun).toEqual([]);
      expect(report.passed).toBe(identityProviderContract.length);
    }, 120_000);
  });
}
