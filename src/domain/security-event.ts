import type { IdentityErrorCode } from "./errors.ts";

/** What is worth a line in a security log (OWASP ASVS 5.0, 16.3). */
export type SecurityEventType =
  | "sign_up"
  | "sign_up_confirmation"
  | "confirmation_resend"
  | "sign_in"
  | "challenge_answer"
  | "session_end"
  | "token_refresh"
  | "sign_out"
  | "sign_out_everywhere"
  | "password_reset_request"
  | "password_reset"
  | "password_change"
  | "profile_update"
  | "attribute_verification"
  | "mfa_change"
  | "passkey_change"
  | "account_deletion"
  | "administration"
  | "token_rejection"
  | "token_revocation"
  | "message_delivery";

/** One security event. Never holds a token, code, password, user name or address. */
export interface SecurityEvent {
  readonly type: SecurityEventType;
  readonly outcome: "success" | "failure";
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** Whose account, where a verified token says so; of `administration`, who the administrator is. */
  readonly subject?: string;
  /** Of `administration`: what was done. */
  readonly action?: string;
  /** What went wrong, as the provider told it: what the caller is shown may say less. */
  readonly code?: IdentityErrorCode;
}
