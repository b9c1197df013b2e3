/** Access tokens that are refused though they are good in every other way. */
export type Revocation = SessionRevocation | UserRevocation;

interface Revoked {
  /** Who issued the tokens. */
  readonly issuer: string;
  /** When the last of them has expired, in seconds since the epoch: from then on nobody need know. */
  readonly until: number;
}

/** All tokens of one sign-in. */
export interface SessionRevocation extends Revoked {
  readonly kind: "session";
  readonly sessionId: string;
}

/** All tokens of a user up to some time. */
export interface UserRevocation extends Revoked {
  readonly kind: "user";
  readonly subject: string;
  /**
   * The last second, since the epoch, in which such a token was issued. Tokens tell no fractions, so one of a sign-in
   * later in that second is refused as well; a refresh gives one that is not.
   */
  readonly issuedUntil: number;
}
