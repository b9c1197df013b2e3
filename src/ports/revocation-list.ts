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
   * Gives the revocations that were added since an earlier call, or all that are not over: at most a thousand at a time,
   * as a list that others keep has to come over a link, and a part that came need not come again. Where there is more,
   * it says so, and the cursor of that part gives the next. Some may be given again, but never so that the parts together
   * are many more than there are revocations.
   *
   * @param cursor - what the earlier call gave. One that is too old, or of another list, counts as none
   * @throws {IdentityError} `provider_unavailable` — they cannot be had now. The cursor is as good as it was
   */
  read(cursor?: string): Promise<RevocationPage>;

  /**
   * Gives the revocations of one session and of one user that are not over, and no others: for whoever has no room for
   * all. What was added before is found, as it is read. A list that cannot look them up does not have this.
   *
   * @throws {IdentityError} `provider_unavailable` — they cannot be had now
   */
  find?(of: TokenOwner): Promise<readonly Revocation[]>;
}

/** Some revocations, and where the next call goes on. */
export interface RevocationPage {
  readonly revocations: readonly Revocation[];
  readonly cursor: string;
  /**
   * Says that there is more already: another call with this cursor gives it. What was added while the parts were read is
   * given by them, or by the call after the last.
   *
   * @default false
   */
  readonly hasMore?: boolean;
  /**
   * Says that all revocations are given that are not over, as there was no cursor to go on from: by this part, and those
   * up to the first without `hasMore`. Of a list outside of the process, which can come back empty: whoever knows of
   * others then adds them anew.
   *
   * @default not said
   */
  readonly isWhole?: boolean;
}

/** Whose a token is, as it names them: a user or a program, and the session where it names one. */
export interface TokenOwner {
  readonly issuer: string;
  readonly subject: string;
  readonly sessionId?: string;
}
