export { type MailKind, mailKinds } from "./catalogue.ts";
export { createMailer, type Mailer, type MailerParts, type MailFailure } from "./mailer.ts";
export {
  createMailTemplates,
  type MailTemplateOptions,
  type MailTemplates,
} from "./templates.ts";
