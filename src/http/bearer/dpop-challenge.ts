import type { IdentityErrorCode, TokenRejection } from "../../domain/errors.ts";
import { problems } from "../problem.ts";
import { type BearerFindings, challengeFor, type Protection } from "./authorization-header.ts";

/**
 * Gives the `WWW-Authenticate` challenge of an API that takes tokens bound to a key besides others: of the scheme that
 * was used, or of both where that was not DPoP.
 *
 * @param algorithms - what proofs may be signed with
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-7.1
 */
export function dpopChallengeFor(
  code: IdentityErrorCode,
  protection: Protection,
  findings: BearerFindings,
  rejection: TokenRejection | undefined,
  algorithms: readonly string[],
): string | undefined {
  const challenge = challengeFor(code, protection, findings, rejection);
  const algs = `algs="${algorithms.join(" ")}"`;
  if (challenge === undefined) return undefined;
  if (findings.scheme === "DPoP") return `${challenge}, ${algs}`;
  const [status] = problems[code];
  return status === 401 ? `${challenge}, DPoP ${algs}` : challenge;
}
