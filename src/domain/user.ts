/** Attributes as a caller sends them: OpenID Connect standard claim names, or `custom:` names, to text. */
export type AttributeValues = Readonly<Record<string, string>>;

/** The data of a user that a provider tells. */
export interface Profile {
  /** The same as the subject of the user's tokens. */
  readonly subject: string;
  readonly username: string;
  /**
   * Every attribute the client may read, by OpenID Connect standard claim name. `email_verified` and
   * `phone_number_verified` are booleans, all others text.
   */
  readonly attributes: Readonly<Record<string, string | boolean>>;
}

/** Where a code was sent, told in a way that gives nothing away. */
export interface Delivery {
  readonly medium: "email" | "sms";
  /** The masked address, such as `a***@e***`. */
  readonly destination: string;
}

/** The outcome of a sign-up. */
export type SignUpResult =
  | { readonly status: "confirmation_required"; readonly delivery?: Delivery }
  | { readonly status: "confirmed" }
  | { readonly status: "approval_required" };
