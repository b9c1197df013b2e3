import { dpopCases } from "../../http/bearer/dpop/cases.ts";
import { protectedApis } from "../../http/bearer/protected-apis.ts";
import type { CaseOutcomes } from "./case-outcomes.ts";

/** Runs the cases of proofs, in each of the ways in which an API is protected: by the name of the way. */
export async function reportDpop(): Promise<Readonly<Record<string, CaseOutcomes>>> {
  const outcomes: Record<string, Record<string, string>> = {};
  for (const [way, protect] of Object.entries(protectedApis)) {
    const ofWay: Record<string, string> = {};
    for (const { name, run } of dpopCases) {
      ofWay[name] = await run(protect).then(
        () => "held",
        (error: unknown) => String(error),
      );
    }
    outcomes[way] = ofWay;
  }
  return outcomes;
}
