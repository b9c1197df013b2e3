import { describe, expect, it } from "vitest";
import { tokenVerifierCorpus } from "../src/testing/index.ts";
import { checklistParts, checklistRows } from "./checklist-rows.ts";
import { dpopCases } from "./http/bearer/dpop/cases.ts";
import { corpusGaps } from "./runtime/corpus-gaps.ts";
import { gapsOf } from "./runtime/gaps.ts";
import { fetchingCases } from "./runtime/kit/fetching-cases.ts";
import { providerNames } from "./runtime/services.ts";
import { families } from "./runtime/suite.ts";
import { bootCases } from "./runtime/verifier-boot-cases.ts";
import { burstCases, hangUpCases, outageCases } from "./runtime/verifier-key-cases.ts";
import { resourceCases } from "./runtime/verifier-resource-cases.ts";
import { tokenCases } from "./runtime/verifier-token-cases.ts";
import { runtimeNames } from "./support/runtimes.ts";

/** Every test that runs on all runtimes. */
const tests = [
  ...tokenVerifierCorpus,
  ...dpopCases,
  ...fetchingCases("http://127.0.0.1"),
  ...families.flatMap(({ cases }) => cases),
  ...[outageCases, burstCases, hangUpCases, resourceCases, tokenCases, bootCases].flat(),
].map(({ name }) => name);

/** Every test that somewhere is known to fail. */
const gaps = runtimeNames.flatMap((runtime) => [
  ...Object.keys(corpusGaps[runtime]),
  ...providerNames.flatMap((provider) => Object.keys(gapsOf(runtime, provider))),
]);

describe("the security checklist", () => {
  it("has a row for each of its lines", () => {
    const lines = Object.entries(checklistParts).flatMap(([part, length]) =>
      Array.from({ length }, (_, index) => `${part}${index + 1}`),
    );

    expect(Object.keys(checklistRows).sort()).toEqual(lines.sort());
  });

  it("tells its tests apart by their names", () => {
    expect(tests.filter((name, index) => tests.indexOf(name) !== index)).toEqual([]);
  });

  it.each(Object.entries(checklistRows))("has tests that there are for %s", (_line, row) => {
    const found = row.tests.map(testsNamed);

    expect(row.tests.length).toBeGreaterThan(0);
    expect(row.tests.filter((_name, index) => found[index]?.length === 0)).toEqual([]);
    expect(found.flat().length).toBeGreaterThanOrEqual(row.least ?? 1);
    expect(found.flat().filter((name) => gaps.includes(name))).toEqual([]);
  });
});

function testsNamed(name: string): readonly string[] {
  if (!name.endsWith("…")) return tests.filter((test) => test === name);
  return tests.filter((test) => test.startsWith(name.slice(0, -1)));
}
