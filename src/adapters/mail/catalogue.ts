import type { NoticeKind, OutboxMessage } from "../../ports/index.ts";

/** The kinds of mail that there are. */
export type MailKind = OutboxMessage["purpose"] | NoticeKind;

/** The words of one kind of mail. `{{name}}` is the name of the service, and nothing else can be put in. */
export interface MailWords {
  readonly subject: string;
  /** The paragraphs before the code, where there is one. */
  readonly opening: readonly string[];
  /** Those after it. */
  readonly closing: readonly string[];
}

/** A language, whole. */
export interface MailCatalogue {
  readonly language: string;
  readonly words: Readonly<Record<MailKind, MailWords>>;
  /** The last line of every mail. */
  readonly signature: string;
}

/** The kinds that have a code in them. */
export const kindsWithCode = [
  "sign_up_confirmation",
  "password_reset",
  "sign_in_code",
  "mfa_code",
  "attribute_verification",
  "invitation",
] as const satisfies readonly OutboxMessage["purpose"][];

/** The kinds that only tell something. */
export const noticeKinds = [
  "account_exists",
  "password_changed",
  "email_changed",
  "phone_number_changed",
  "second_factors_changed",
] as const satisfies readonly NoticeKind[];

/** All kinds. */
export const mailKinds: readonly MailKind[] = [...kindsWithCode, ...noticeKinds];

/** Tells whether a kind has a code in it. */
export function hasCode(kind: MailKind): kind is OutboxMessage["purpose"] {
  return (kindsWithCode as readonly MailKind[]).includes(kind);
}
