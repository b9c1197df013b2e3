/** A mail to one address. */
export interface Mail {
  /** The same for each try to send it, so that whoever delivers it can tell a repetition. */
  readonly id: string;
  /** An address and nothing else: no name, no list. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** The language of all three, as BCP 47 has it. */
  readonly language: string;
}

/** The way out for mails. */
export interface Courier {
  /**
   * Hands a mail over to whoever delivers it, and ends once that took it. No part of a mail can become another header,
   * another recipient or another mail. A mail may come twice where its taking could not be told, under the same id.
   *
   * @throws {IdentityError} `delivery_failed` — it was refused, and will be the next time
   * @throws {IdentityError} `provider_unavailable` — it was not taken now, and may be later
   */
  send(mail: Mail): Promise<void>;
}
