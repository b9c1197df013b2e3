import type { Challenge } from "./challenge.ts";
import type { IdentityErrorCode, RejectionReason, TokenRejection } from "./errors.ts";

/** The kinds of event that are worth a line in a security log (OWASP ASVS 5.0, 16.3). */
export const securityEventTypes = [
  "sign_up",
  "sign_up_confirmation",
  "confirmation_resend",
  "sign_in",
  "challenge_answer",
  "challenge_code_resend",
  "session_end",
  "token_refresh",
  "sign_out",
  "sign_out_everywhere",
  "password_reset_request",
  "password_reset",
  "password_change",
  /** A password was replaced, but sessions or access tokens from before may go on: sign the user out. */
  "sessions_not_ended",
  "profile_update",
  "attribute_verification",
  "mfa_change",
  "recovery_codes_creation",
  /** A recovery code stood, or was to stand, for a second factor: the user has lost that, or somebody has found the code. */
  "recovery_code_use",
  "passkey_change",
  "account_deletion",
  "administration",
  "token_rejection",
  "token_revocation",
  "message_delivery",
  /** Something was refused, as it happened too often. */
  "rate_limit",
  /** A captcha was not passed, or nobody could tell. */
  "captcha",
] as const;

/** A kind of event. */
export type SecurityEventType = (typeof securityEventTypes)[number];

/** One security event. Never holds a token, a code, a password or a user name, and no address but that of who called. */
export interface SecurityEvent {
  readonly type: SecurityEventType;
  readonly outcome: "success" | "failure";
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** The id of the request that it came of, as the log and the answer have it. */
  readonly requestId?: string;
  /** The id of the trace that the request belongs to, if it names one or is recorded in one. */
  readonly traceId?: string;
  /** The address that the request came from, as far as that is known. */
  readonly address?: string;
  /**
   * The account that was named, by a keyed hash of the name: the same for one name, whether or not anybody has it, and
   * none that tells the name. Two names of one account are two.
   */
  readonly account?: string;
  /** Whose account, where a verified token says so; of `administration`, who the administrator is. */
  readonly subject?: string;
  /** Of `administration`: what was done; of `captcha`: what was asked for. */
  readonly action?: string;
  /** The code of the fault, as the provider told it: the one that the caller is shown may say less. */
  readonly code?: IdentityErrorCode;
  /** Of a sign-in or a step of one: the challenge that it led to. Without it, a success is a sign-in that has ended well. */
  readonly challenge?: Challenge["type"];
  /** Of `rate_limit`: the name of the limit. */
  readonly policy?: string;
  /** Of `token_rejection`: why, and which of the faults it was that this word stands for. */
  readonly rejection?: TokenRejection;
  readonly rejectionReason?: RejectionReason;
  /**
   * Of `token_rejection`: how many there were of the same address and for the same reason since the last that was told, of
   * which this is the latest. Without it, it is one.
   */
  readonly count?: number;
}

/** An event that is kept. */
export interface KeptSecurityEvent extends SecurityEvent {
  /** The id of the event itself. */
  readonly id: string;
}

/** An event as {@link writtenEvent} gives it. */
export interface WrittenEvent extends Pick<SecurityEvent, "type" | "outcome" | "count"> {
  /** In ISO 8601. */
  readonly time: string;
  readonly [member: string]: string | number | undefined;
}

/** Writes an event for programs: its names in snake_case, as everywhere in JSON of ours, and its time as text. */
export function writtenEvent({ at, type, outcome, ...event }: SecurityEvent): WrittenEvent {
  const members = Object.entries(event).filter(([, value]) => value !== undefined);
  const others = Object.fromEntries(members.map(([name, value]) => [snakeCased(name), value]));
  return { ...others, type, outcome, time: new Date(at).toISOString() };
}

function snakeCased(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
