/** A passkey of a user's, as its user sees it. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string;
  readonly name?: string;
  /** In seconds since the epoch. */
  readonly createdAt: number;
}
