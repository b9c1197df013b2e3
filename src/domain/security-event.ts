import type { IdentityErrorCode, RejectionReason, TokenRejection } from "./errors.ts";

/** The kinds of event that are worth a line in a security log (OWASP ASVS 5.0, 16.3). */
export type SecurityEventType =
  | "sign_up"
  | "sign_up_confirmation"
  | "confirmation_resend"
  | "sign_in"
  | "challenge_answer"
  | "challenge_code_resend"
  | "session_end"
  | "token_refresh"
  | "sign_out"
  | "sign_out_everywhere"
  | "password_reset_request"
  | "password_reset"
  | "password_change"
  /** A password was replaced, but sessions or access tokens from before may go on: sign the user out. */
  | "sessions_not_ended"
  | "profile_update"
  | "attribute_verification"
  | "mfa_change"
  | "passkey_change"
  | "account_deletion"
  | "administration"
  | "token_rejection"
  | "token_revocation"
  | "message_delivery"
  /** Something was refused, as it happened too often. */
  | "rate_limit";

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
  /** The code of the fault, as the provider told it: the one that the caller is shown may say less. */
  readonly code?: IdentityErrorCode;
  /** Of `rate_limit`: the name of the limit. */
  readonly policy?: string;
  /** Of `token_rejection`: why, and which of the faults it was that this word stands for. */
  readonly rejection?: TokenRejection;
  readonly rejectionReason?: RejectionReason;
}
