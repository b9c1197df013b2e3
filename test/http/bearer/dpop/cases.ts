import { bindingCases } from "./binding-cases.ts";
import { nonceCases } from "./nonce-cases.ts";
import { proofCases } from "./proof-cases.ts";
import { replayCases } from "./replay-cases.ts";
import { targetCases } from "./target-cases.ts";
import type { DpopCase } from "./world.ts";

/**
 * What a resource API holds of proofs: RS17 and RS18 of the checklist, and each part of RFC 9449 section 4.3. For any
 * runtime: give each case one of `protectedApis`.
 */
export const dpopCases: readonly DpopCase[] = [
  ...proofCases,
  ...targetCases,
  ...bindingCases,
  ...replayCases,
  ...nonceCases,
];
