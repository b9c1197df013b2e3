import { beforeAll, expect, test } from "vitest";
import { dpopCases } from "../http/bearer/dpop/cases.ts";
import { protectedApis } from "../http/bearer/protected-apis.ts";
import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import { type Report, runReport } from "./kit/run-report.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `proofs on ${runtime}`, () => {
    let outcomes: Report<"dpop"> = {};
    beforeAll(async () => {
      outcomes = await runReport(runtime, "dpop");
    }, 120_000);

    test.each(Object.keys(protectedApis))("%s holds every case", (way) => {
      const held = Object.fromEntries(dpopCases.map(({ name }) => [name, "held"]));

      expect(outcomes[way]).toEqual(held);
    });
  });
}
