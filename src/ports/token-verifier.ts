import type { Principal } from "../domain/principal.ts";

/** Tells whether an access token is to be believed. */
export interface TokenVerifier {
  /**
   * Verifies an access token and gives whom it speaks for: signature, issuer, client, kind and times, all of them.
   * Needs no call to the provider once its keys are at hand, so it sees a revocation only where it is told of it: a
   * revoked token passes elsewhere until it expires.
   *
   * @throws {IdentityError} `token_expired` — good in every way but past its time
   * @throws {IdentityError} `invalid_token` — anything else is wrong with it; `rejection` says what
   * @throws {IdentityError} `token_revoked` — good in every way, but its session was ended
   * @throws {IdentityError} `keys_unavailable` — whether it is good cannot be told, as the keys cannot be had
   */
  verify(accessToken: string): Promise<Principal>;
}
