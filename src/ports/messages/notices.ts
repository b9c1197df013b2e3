/** Something that the owner of an address is to hear of, though nobody waits for it. */
export type NoticeKind =
  | "account_exists"
  | "password_changed"
  | "email_changed"
  | "phone_number_changed"
  | "second_factors_changed";

/** Whom a notice goes to. */
export interface NoticeRecipient {
  /** An e-mail address. */
  readonly address: string;
  /** The language that the user chose, if they did: BCP 47, as `locale` of OpenID Connect. */
  readonly locale?: string;
}

/** One notice. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Finds out whom to tell, once nobody waits for the answer any more. Nothing: nobody has an address that is proven. */
  readonly recipient: () => Promise<NoticeRecipient | undefined>;
  /** `Accept-Language` of the request that it is of. */
  readonly acceptLanguage?: string;
}

/** Tells owners of addresses what happened to their accounts. */
export interface Notices {
  /** Sends a notice after the answer. Returns at once and never throws: that it could not be sent is told to whoever runs the service. */
  tell(notice: Notice): void;
}
