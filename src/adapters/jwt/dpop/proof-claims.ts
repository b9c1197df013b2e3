import type { BoundRequest } from "../../../ports/index.ts";
import { sha256Text } from "../../shared/digest.ts";
import type { JsonObject } from "../../shared/json-object.ts";
import { readText, readTime } from "../claims/claim-readers.ts";
import { refusedProof } from "./proof-refusal.ts";
import { expectedTarget, targetUri } from "./target-uri.ts";

/** The terms that the claims of proofs are held against, besides the request. */
export interface ProofTerms {
  /** The public address of the API, with no slash at the end. */
  readonly publicUrl: string;
  /** The age that a proof may have, in seconds. */
  readonly maxAgeSeconds: number;
  /** The tolerance for clocks of clients that are ahead, in seconds. */
  readonly clockToleranceSeconds: number;
}

/** The claims that tell one proof from another. */
export interface ProofIdentity {
  readonly proofId: string;
  /** In seconds since the epoch. */
  readonly issuedAt: number;
}

/**
 * Expects that a proof was made for a request, not long ago, and together with its access token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @throws {IdentityError} `invalid_token` — it was not, or does not say
 */
export async function checkProofClaims(
  claims: JsonObject,
  { accessToken, method, url }: BoundRequest,
  terms: ProofTerms,
  nowSeconds: number,
): Promise<ProofIdentity> {
  const { jti, htm, htu, ath } = claims;
  if (htm !== method) throw refusedProof("The proof is of another method.");
  const target = typeof htu === "string" ? targetUri(htu) : undefined;
  if (target === undefined || target !== expectedTarget(terms.publicUrl, url)) {
    throw refusedProof("The proof is of another address.");
  }
  if (ath !== (await sha256Text(accessToken))) throw refusedProof("The proof is of another token.");
  return { proofId: readText(jti), issuedAt: readIssuedAt(claims, terms, nowSeconds) };
}

/** A proof need not say when it ends, but holds no longer where it does (RFC 7519 section 4.1.4). */
function readIssuedAt(
  { iat, nbf, exp }: JsonObject,
  { maxAgeSeconds, clockToleranceSeconds }: ProofTerms,
  nowSeconds: number,
): number {
  const issuedAt = readTime(iat);
  if (nowSeconds - issuedAt > maxAgeSeconds) throw refusedProof("The proof is too old.");
  const latest = nowSeconds + clockToleranceSeconds;
  const isAhead = issuedAt > latest || (nbf !== undefined && readTime(nbf) > latest);
  if (isAhead) throw refusedProof("The proof is of a time to come.");
  if (exp !== undefined && readTime(exp) <= nowSeconds) throw refusedProof("The proof has ended.");
  return issuedAt;
}
