import { algorithmCases } from "./algorithms.ts";
import { audienceCases } from "./audiences.ts";
import { boundCases } from "./bound.ts";
import { claimCases } from "./claims.ts";
import { formCases } from "./forms.ts";
import { headerCases } from "./headers.ts";
import { idTokenCases } from "./id-tokens.ts";
import { issuerOptionCases } from "./issuer-options.ts";
import { addressCases } from "./key-sets/addresses.ts";
import { answerCases } from "./key-sets/answers.ts";
import { floodCases } from "./key-sets/floods.ts";
import { instanceCases } from "./key-sets/instances.ts";
import { limitCases } from "./key-sets/limits.ts";
import { metadataCases } from "./key-sets/metadata.ts";
import { neighbourCases } from "./key-sets/neighbours.ts";
import { outageCases } from "./key-sets/outages.ts";
import { vettingCases } from "./key-sets/vetting.ts";
import { programCases } from "./programs.ts";
import { signatureCases } from "./signatures.ts";
import { sizeCases } from "./sizes.ts";
import { timeCases } from "./times.ts";
import { trustCases } from "./trust.ts";
import type { TokenVerifierCase } from "./verifier-case.ts";

/**
 * The cases of what every verifier of access tokens must refuse, and what it must not: attacks, malformed tokens,
 * unfortunate configurations, and key sets that are sick, changing or out of reach.
 *
 * @example
 * import * as library from "portico/jwt";
 * for (const { name, run } of tokenVerifierCorpus) test(name, () => run(library));
 */
export const tokenVerifierCorpus: readonly TokenVerifierCase[] = [
  ...algorithmCases,
  ...headerCases,
  ...formCases,
  ...sizeCases,
  ...timeCases,
  ...claimCases,
  ...boundCases,
  ...idTokenCases,
  ...programCases,
  ...issuerOptionCases,
  ...audienceCases,
  ...signatureCases,
  ...trustCases,
  ...vettingCases,
  ...neighbourCases,
  ...answerCases,
  ...limitCases,
  ...floodCases,
  ...outageCases,
  ...instanceCases,
  ...addressCases,
  ...metadataCases,
];
