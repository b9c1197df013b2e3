import type { MfaMethod, SignInFactor } from "./challenge.ts";

/** The kinds of name that a user can sign up or in with. */
export const nameKinds = ["email", "phone_number", "username"] as const;
export type NameKind = (typeof nameKinds)[number];

/** The kinds of address that a code can be sent to. */
export const contactKinds = ["email", "phone_number"] as const;
export type ContactKind = (typeof contactKinds)[number];

/** The kinds of character that a password can have to have. Each that is missing is a violation `missing_…`. */
export const characterKinds = ["lowercase", "uppercase", "digit", "symbol"] as const;
export type CharacterKind = (typeof characterKinds)[number];

/** The rules for new passwords. */
export interface PasswordRules {
  /** In characters. A shorter one is `too_short`. */
  readonly minLength: number;
  /** In characters. A longer one is `too_long`. */
  readonly maxLength: number;
  readonly requires: readonly CharacterKind[];
}

/** How a back end is set up, as far as a page has to know before it draws itself. What is not known is left out. */
export interface ProviderSetUp {
  readonly signUp?: {
    /** Whether users can sign themselves up. */
    readonly isOpen?: boolean;
    /** The kinds of name that one can be made under. */
    readonly names?: readonly NameKind[];
    /** The attributes that a sign-up has to bring besides the name, by claim name. */
    readonly requiredAttributes?: readonly string[];
    /** The kinds of address that the code of a sign-up can go to: none where no code is sent. */
    readonly confirmation?: readonly ContactKind[];
  };
  readonly signIn?: {
    /** The kinds of name that sign in. */
    readonly names?: readonly NameKind[];
    /** The factors that a sign-in can begin with, of those that the capabilities name. @default all of them, and a password */
    readonly firstFactors?: readonly SignInFactor[];
  };
  /** The second factors that users can have, of those that the capabilities name. @default all of them */
  readonly secondFactors?: readonly MfaMethod[];
  /** Whether nobody gets in without a second factor. */
  readonly isSecondFactorRequired?: boolean;
  /** Whether a user who forgot the password can have a code to set another. */
  readonly canRecover?: boolean;
  readonly password?: PasswordRules;
}

/** The factors that a sign-in can begin with, each with the capability by which it can. */
export const firstFactorCapabilities = {
  email_code: "email_code_sign_in",
  sms_code: "sms_code_sign_in",
  passkey: "passkeys",
  custom: "custom_challenges",
} as const satisfies Record<Exclude<SignInFactor, "password">, string>;

/** The second factors, each with the capability by which users can have it. */
export const secondFactorCapabilities = {
  totp: "totp_mfa",
  sms_code: "sms_mfa",
  email_code: "email_mfa",
} as const;
