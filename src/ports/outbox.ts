/** One message that a provider would have sent, had it a way to. */
export interface OutboxMessage {
  /** The user name of the account, as the provider stores it. */
  readonly username: string;
  readonly medium: "email" | "sms";
  /** The full address. */
  readonly destination: string;
  /** The purpose that the code in the message is good for. */
  readonly purpose:
    | "sign_up_confirmation"
    | "password_reset"
    | "sign_in_code"
    | "mfa_code"
    | "attribute_verification"
    | "invitation";
  /** Of an `invitation`: the temporary password. */
  readonly code: string;
  /** The language that the user chose, where they did: BCP 47, as `locale` of OpenID Connect. */
  readonly locale?: string;
  /** In milliseconds since the epoch. */
  readonly sentAt: number;
  /** The subject of a mail, where somebody wrote one. */
  readonly subject?: string;
  /** The message in full, the code in it, where somebody wrote that. */
  readonly text?: string;
}

/** The messages of a provider that keeps them to itself. For development and tests: it gives codes to anyone. */
export interface Outbox {
  /**
   * Gives the messages to a user, oldest first: none where there is no such user.
   *
   * @param username - anything that the user could sign in with
   */
  messagesFor(username: string): readonly OutboxMessage[];
}
