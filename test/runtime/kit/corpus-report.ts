import { tokenVerifierCorpus } from "../../../src/testing/index.ts";
import { type CaseOutcomes, outcomesOfCases } from "./case-outcomes.ts";

/** Runs the corpus of a token verifier. */
export function reportCorpus(): Promise<CaseOutcomes> {
  return outcomesOfCases(tokenVerifierCorpus);
}
