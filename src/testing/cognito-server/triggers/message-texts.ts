import type { OutgoingMessage } from "../../../adapters/memory/codes/outbox.ts";
import type { UserPool } from "../directory/directory.ts";

/** Stands for the code in the messages of a pool. */
export const codePlace = "{####}";

/** Stands for the user name in an invitation. */
export const usernamePlace = "{username}";

/** The texts of a message, before the code is in them. */
export interface MessageTexts {
  readonly sms?: string | undefined;
  readonly mail?: string | undefined;
  readonly subject?: string | undefined;
}

/** Reads the texts that a pool was told for its messages: nothing, where it was told nothing. */
export function textsOf(
  { configuration, mfa }: Pick<UserPool, "configuration" | "mfa">,
  purpose: OutgoingMessage["purpose"],
): MessageTexts {
  const { VerificationMessageTemplate: template, AdminCreateUserConfig } = configuration;
  switch (purpose) {
    case "sign_up_confirmation":
    case "password_reset":
    case "attribute_verification":
      return {
        sms: template?.SmsMessage ?? configuration.SmsVerificationMessage,
        mail: template?.EmailMessage ?? configuration.EmailVerificationMessage,
        subject: template?.EmailSubject ?? configuration.EmailVerificationSubject,
      };
    case "sign_in_code":
    case "mfa_code":
      return {
        sms: configuration.SmsAuthenticationMessage,
        mail: mfa.email?.Message,
        subject: mfa.email?.Subject,
      };
    case "invitation": {
      const { SMSMessage, EmailMessage, EmailSubject } =
        AdminCreateUserConfig?.InviteMessageTemplate ?? {};
      return { sms: SMSMessage, mail: EmailMessage, subject: EmailSubject };
    }
  }
}

/** Fills in the texts of a message: nothing, where there is none for it. */
export function wordsOf(
  { contact, code }: OutgoingMessage,
  username: string,
  { sms, mail, subject }: MessageTexts,
): NonNullable<OutgoingMessage["words"]> {
  const text = contact === "email" ? mail : sms;
  const filled = text?.replaceAll(codePlace, code).replaceAll(usernamePlace, username);
  return {
    ...(filled && { text: filled }),
    ...(contact === "email" && subject && { subject }),
  };
}
