import type { AnyPrincipal, BoundPrincipal, Principal } from "../domain/principal.ts";

/** Tells whether a request comes from whoever its access token was issued to (RFC 9449). */
export interface ProofVerifier<P extends AnyPrincipal = Principal> {
  /** The algorithms that proofs may be signed with, for challenges to name. */
  readonly algorithms: readonly string[];

  /**
   * Verifies an access token that is bound to a key, and the proof that the sender of the request has that key. A proof
   * is good for one request: of concurrent ones with the same, one gets through.
   *
   * @throws {IdentityError} as `BoundTokenVerifier.verifyBound`
   * @throws {IdentityError} `invalid_token` — the token is good, but the proof is not (`invalid_proof`), or has to be made
   *   anew, with the nonce of {@link ProofVerifier.nonce} (`nonce_required`)
   * @throws {IdentityError} `provider_unavailable` — whether the proof was used before cannot be told
   */
  verify(request: BoundRequest): Promise<BoundPrincipal<P>>;

  /** Gives a nonce for the next proofs of whoever asks, or nothing where proofs need none. */
  nonce(): Promise<string | undefined>;
}

/** The request that a proof is held against. */
export interface BoundRequest {
  readonly accessToken: string;
  /** The `DPoP` header, with commas between where there are several. */
  readonly proof: string | undefined;
  readonly method: string;
  /** As it arrived: its host counts for nothing. */
  readonly url: string;
}
