import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { tokenVerifierCorpus } from "../src/testing/index.ts";
import { checklistParts, checklistRows } from "./checklist-rows.ts";
import { triedParts, triedRows } from "./checklist-tests.ts";
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
    expect(Object.keys(checklistRows).sort()).toEqual(linesOf(checklistParts).sort());
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

describe("the security checklist on accounts and on what is sick", () => {
  it("has a row for each of its lines", () => {
    expect(Object.keys(triedRows).sort()).toEqual(linesOf(triedParts).sort());
  });

  it.each(Object.entries(triedRows))(
    "has tests that there are for %s, or a reason",
    async (_line, row) => {
      if ("untried" in row) {
        expect(String(row.untried).length).toBeGreaterThan(60);
        return;
      }
      const tests = Object.entries<string | readonly string[]>(row);
      expect(tests.length).toBeGreaterThan(0);
      for (const [file, titles] of tests) {
        const text = await readFile(new URL(`../${file}`, import.meta.url), "utf8");
        for (const title of [titles].flat()) {
          const at = text.indexOf(title);
          expect(at, `${title} in ${file}`).toBeGreaterThan(0);
          expect(text.slice(Math.max(0, at - 60), at)).not.toMatch(/\.(?:skip|todo|fails)\b/);
        }
      }
    },
  );
});

function linesOf(parts: Readonly<Record<string, number>>): string[] {
  return Object.entries(parts).flatMap(([part, length]) =>
    Array.from({ length }, (_, index) => `${part}${index + 1}`),
  );
}

function testsNamed(name: string): readonly string[] {
  if (!name.endsWith("…")) return tests.filter((test) => test === name);
  return tests.filter((test) => test.startsWith(name.slice(0, -1)));
}
