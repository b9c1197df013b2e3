import * as library from "../../../src/adapters/jwt/index.ts";
import type { TokenVerifierCase } from "../../../src/testing/index.ts";

/** What became of each case, by its name: `held`, or the message of its failure. */
export type CaseOutcomes = Readonly<Record<string, string>>;

/** Runs cases on our own verifier, one after another. */
export async function outcomesOfCases(cases: readonly TokenVerifierCase[]): Promise<CaseOutcomes> {
  const outcomes: [string, string][] = [];
  for (const { name, run } of cases) {
    const outcome = await run(library).then(
      () => "held",
      (error: unknown) => String(error),
    );
    outcomes.push([name, outcome]);
  }
  return Object.fromEntries(outcomes);
}
