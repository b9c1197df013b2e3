import type { Revocation } from "../domain/revocation.ts";

/** The list of access tokens to refuse that all instances of a service share, and all APIs that read it too. */
export interface RevocationList {
  /**
   * Adds a revocation: whoever reads after it was added is given it, until it is over. To add one again is no error, and
   * takes nothing back of what was added before.
   *
   * @throws {IdentityError} `provider_unavailable` — whether it was added cannot be told: try again
   */
  add(revocation: Revocation): Promise<void>;

  /**
   * Gives the revocations that were added since an earlier call, or all that are not over. Some may be given again.
   *
   * @param cursor - what the earlier call gave. One that is too old, or of another list, counts as none
   * @throws {IdentityError} `provider_unavailable` — they cannot be had now
   */
  read(cursor?: string): Promise<RevocationPage>;
}

/** Some revocations, and where the next call goes on. */
export interface RevocationPage {
  readonly revocations: readonly Revocation[];
  readonly cursor: string;
  /**
   * Says that all revocations are given that are not over, as there was no cursor to go on from. Of a list outside of the
   * process, which can come back empty: whoever knows of others then adds them anew.
   *
   * @default not said
   */
  readonly isWhole?: boolean;
}
