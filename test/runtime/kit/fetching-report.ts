import { type CaseOutcomes, outcomesOfCases } from "./case-outcomes.ts";
import { fetchingCases } from "./fetching-cases.ts";

/** Runs the cases of key sets that come over the network, by the runtime's own `fetch`. */
export function reportFetching(origin: string): Promise<CaseOutcomes> {
  return outcomesOfCases(fetchingCases(origin));
}
