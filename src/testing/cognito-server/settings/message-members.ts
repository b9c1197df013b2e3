import { choice, structure, text } from "../wire/constraints.ts";
import { arn } from "./arn.ts";

const subject = text({ min: 1, max: 140, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+$/u });
const withCode = /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u;
const withLink =
  /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u;

/** A text message, with the place where its code goes. */
export const smsMessage = text({ min: 6, max: 140, pattern: /^.*\{####\}.*$/ });

/** A mail, with the place where its code goes. */
export const emailMessage = text({ min: 6, max: 20_000, pattern: withCode });

/** The subject of a mail with a code of a second factor, whose length the API does not bound. */
export const emailMfaSubject = text({ pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+$/u });

/** The invitation that a new user gets from an administrator. */
export const invitation = structure({
  SMSMessage: text({ min: 6, max: 140 }),
  EmailMessage: text({ min: 6, max: 20_000, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u }),
  EmailSubject: subject,
});

/** The configuration of text messages: kept, as none is sent. */
export const smsConfiguration = structure({
  SnsCallerArn: arn,
  ExternalId: text({ max: 131_072 }),
  SnsRegion: text({ min: 5, max: 32 }),
  EumsSms: structure({
    CallerArn: arn,
    ExternalId: text({ max: 131_072 }),
    OriginationIdentity: text({ max: 131_072 }),
    ConfigurationSetName: text({ max: 131_072 }),
    InEntityId: text({ max: 131_072 }),
    InTemplateId: text({ max: 131_072 }),
    Region: text({ min: 5, max: 32 }),
  }),
});

/** The members by which a pool is told its messages. */
export const messageMembers = {
  SmsVerificationMessage: smsMessage,
  EmailVerificationMessage: emailMessage,
  EmailVerificationSubject: subject,
  VerificationMessageTemplate: structure({
    SmsMessage: smsMessage,
    EmailMessage: emailMessage,
    EmailSubject: subject,
    EmailMessageByLink: text({ min: 6, max: 20_000, pattern: withLink }),
    EmailSubjectByLink: subject,
    DefaultEmailOption: choice("CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"),
  }),
  SmsAuthenticationMessage: smsMessage,
  EmailConfiguration: structure({
    SourceArn: arn,
    ReplyToEmailAddress: text({
      pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
    }),
    EmailSendingAccount: choice("COGNITO_DEFAULT", "DEVELOPER"),
    From: text({ max: 131_072 }),
    ConfigurationSet: text({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ }),
  }),
  SmsConfiguration: smsConfiguration,
};
