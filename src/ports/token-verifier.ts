import type { AnyPrincipal, BoundPrincipal, Principal } from "../domain/principal.ts";

/** Tells whether an access token is to be believed. */
export interface TokenVerifier<P extends AnyPrincipal = Principal> {
  /**
   * Verifies an access token and gives whom it speaks for: signature, issuer, client, kind and times, all of them.
   * Needs no call to the provider once its keys are at hand, so it sees a revocation only where it is told of it: a
   * revoked token passes elsewhere until it expires. A token that is bound to a key is refused: see
   * {@link BoundTokenVerifier}.
   *
   * @throws {IdentityError} `token_expired` — good in every way but past its time
   * @throws {IdentityError} `invalid_token` — anything else is wrong with it; `rejection` says what
   * @throws {IdentityError} `token_revoked` — good in every way, but its session was ended
   * @throws {IdentityError} `keys_unavailable` — whether it is good cannot be told, as the keys cannot be had
   */
  verify(accessToken: string): Promise<P>;
}

/** A verifier that gives the principal itself, without a promise, where nothing has to be waited for. */
export interface PromptTokenVerifier<P extends AnyPrincipal = Principal> extends TokenVerifier<P> {
  readonly verifyPromptly: PromptVerification<P>;
}

/** The `verify` of a verifier for a caller that takes the principal itself as well as a promise of one. */
export interface PromptVerification<P extends AnyPrincipal = Principal> {
  /**
   * As {@link TokenVerifier.verify}. Gives the principal itself where nothing has to be waited for, as of a token that was
   * verified before, and otherwise a promise. A refusal is a promise that fails: nothing is thrown.
   */
  (accessToken: string): P | Promise<P>;
  /**
   * The `verify` that it answers for. A caller uses it only where the verifier's `verify` is that very function: whoever
   * wraps a verifier and replaces `verify`, to count or to refuse more, would otherwise be passed by.
   */
  readonly insteadOf: TokenVerifier<P>["verify"];
}

/** Tells whether an access token is to be believed that is good only with a proof of its key (RFC 9449). */
export interface BoundTokenVerifier<P extends AnyPrincipal = Principal> {
  /**
   * As {@link TokenVerifier.verify}, of tokens that are bound to a key, and of no others: no token passes both. Whoever
   * calls this looks at the proof as well.
   *
   * @throws {IdentityError} as `TokenVerifier.verify`; `wrong_use` of a token that is bound to no key, or in another way
   */
  verifyBound(accessToken: string): Promise<BoundPrincipal<P>>;
}
