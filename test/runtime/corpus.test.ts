import { beforeAll, expect, test } from "vitest";
import { tokenVerifierCorpus } from "../../src/testing/index.ts";
import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import { corpusGaps } from "./corpus-gaps.ts";
import type { CaseOutcomes } from "./kit/case-outcomes.ts";
import { runReport } from "./kit/run-report.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the corpus of a token verifier on ${runtime}`, () => {
    const names = tokenVerifierCorpus.map(({ name }) => name);
    const gaps = corpusGaps[runtime];
    let outcomes: CaseOutcomes = {};
    beforeAll(async () => {
      outcomes = await runReport(runtime, "corpus");
    }, 120_000);

    test("is run as a whole", () => {
      expect(Object.keys(outcomes)).toEqual(names);
      expect(Object.keys(gaps).filter((name) => !names.includes(name))).toEqual([]);
    });

    for (const name of names) {
      const gap = gaps[name];
      if (gap === undefined) test(name, () => expect(outcomes[name]).toBe("held"));
      else test(`gap: ${name} — ${gap}`, () => expect(outcomes[name]).toMatch(/^ContractFailure/));
    }
  });
}
