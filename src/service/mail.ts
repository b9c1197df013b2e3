import * as z from "zod/mini";
import {
  createMailer,
  createMailTemplates,
  type Mailer,
  type MailerParts,
  type MailTemplates,
} from "../adapters/mail/index.ts";
import { createMailServiceCourier } from "../adapters/mail-service/index.ts";
import { isLoopback, isTrustworthyUrl } from "../adapters/shared/secure-url.ts";
import {
  type Environment,
  oneOf,
  type ReadSettings,
  readSettings,
  textLike,
  textThat,
} from "../adapters/shared/settings.ts";
import { createSmtpCourier } from "../adapters/smtp/index.ts";
import { isPlainAddress } from "../domain/plain-address.ts";
import type { Courier } from "../ports/index.ts";
import type { Place } from "./exposure.ts";

const fields = z.object({
  MAIL_SMTP_URL: z.optional(
    textThat(
      isSmtpUrl,
      "must be smtp://user:password@host:port, or smtps://…, with user and password percent-encoded",
    ),
  ),
  MAIL_SMTP_TLS: z._default(oneOf(["required", "off"]), "required"),
  MAIL_SMTP_CA: z.optional(
    textLike(/^\s*-----BEGIN CERTIFICATE-----[\s\S]+$/, "must be a certificate in PEM"),
  ),
  MAIL_POST_URL: z.optional(
    textThat(isPostUrl, "must be an https address, or http on this machine"),
  ),
  MAIL_POST_TOKEN: z.optional(textLike(/^[\x21-\x7e]{1,4096}$/, "must be a bearer token")),
  MAIL_FROM: z.optional(
    textThat(
      (text) => senderOf(text) !== undefined,
      "must be an address, or a name and <an address>",
    ),
  ),
  MAIL_NAME: z.optional(textLike(/^[^\p{C}]{1,64}$/u, "must be 1 to 64 characters")),
  MAIL_LANGUAGE: z._default(
    textLike(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, "must be a language, such as en or de"),
    "en",
  ),
  MAIL_TEMPLATES: z.optional(z.string()),
});

type MailFields = z.output<typeof fields>;

/** Makes the mailer, of the parts that the service has by then. */
export type CreateMail = (
  parts: Pick<MailerParts, "clock" | "onFailure" | "waitUntil">,
) => Mailer | undefined;

/** Every variable that {@link readMailSettings} can look at. */
export function mailSettingNames(): readonly string[] {
  return Object.keys(fields.shape);
}

/** Reads how mails are sent: by SMTP, by a service over HTTP, or not by us. */
export function readMailSettings(environment: Environment, place: Place): ReadSettings<CreateMail> {
  const read = readSettings(fields, environment);
  if (!read.ok) return read;
  const { MAIL_SMTP_URL: smtp, MAIL_POST_URL: post, MAIL_FROM: from } = read.value;
  const faults = [...faultsOf(read.value, place), ...idleOf(read.value, environment)];
  if (faults.length > 0) return { ok: false, faults };
  const sender = senderOf(from ?? "");
  if ((smtp === undefined && post === undefined) || !sender) {
    return { ok: true, value: () => undefined };
  }
  const templates = templatesOf(read.value, sender, place);
  if (!templates.ok) return templates;
  const courier = courierOf(read.value, sender);
  const made = { courier, templates: templates.value };
  return { ok: true, value: (parts) => createMailer({ ...parts, ...made }) };
}

function faultsOf(read: MailFields, { isHosted }: Place): readonly string[] {
  const { MAIL_SMTP_URL: smtp, MAIL_POST_URL: post, MAIL_FROM: from } = read;
  const isOn = smtp !== undefined || post !== undefined;
  const faults = [
    smtp !== undefined && post !== undefined && "MAIL_POST_URL: cannot be set beside MAIL_SMTP_URL",
    smtp !== undefined &&
      isHosted &&
      "MAIL_SMTP_URL: there is no SMTP on Workers, set MAIL_POST_URL",
    isOn && from === undefined && "MAIL_FROM: is required",
    smtp !== undefined &&
      read.MAIL_SMTP_TLS === "off" &&
      hasPassword(smtp) &&
      !isLoopback(new URL(smtp)) &&
      "MAIL_SMTP_TLS: off would send the password in the clear; only on this machine",
  ];
  return faults.filter((fault) => typeof fault === "string");
}

/** A setting of a way that is not taken is rather a slip of the pen. */
function idleOf(
  { MAIL_SMTP_URL: smtp, MAIL_POST_URL: post }: MailFields,
  environment: Environment,
): readonly string[] {
  const isSet = (name: string) => environment[name] !== undefined && environment[name] !== "";
  const needed = (name: string) => {
    if (name.startsWith("MAIL_SMTP_")) return smtp === undefined && "MAIL_SMTP_URL";
    if (name.startsWith("MAIL_POST_")) return post === undefined && "MAIL_POST_URL";
    return smtp === undefined && post === undefined && "MAIL_SMTP_URL or MAIL_POST_URL";
  };
  return mailSettingNames()
    .filter((name) => !name.endsWith("_URL") && isSet(name))
    .flatMap((name) => {
      const lacking = needed(name);
      return lacking ? [`${name}: needs ${lacking}`] : [];
    });
}

function templatesOf(
  { MAIL_TEMPLATES: folder, MAIL_NAME, MAIL_LANGUAGE: language }: MailFields,
  sender: Sender,
  { readTextFiles }: Place,
): ReadSettings<MailTemplates> {
  const name = MAIL_NAME ?? sender.name ?? sender.address.slice(sender.address.indexOf("@") + 1);
  const fault = (reason: string) => ({ ok: false, faults: [`MAIL_TEMPLATES: ${reason}`] }) as const;
  if (folder !== undefined && !readTextFiles) return fault("there are no files on this runtime");
  let files: ReadonlyMap<string, string> | undefined;
  try {
    files = folder === undefined ? undefined : readTextFiles?.(folder);
  } catch {
    return fault("cannot be read");
  }
  try {
    return { ok: true, value: createMailTemplates({ name, language, files }) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const isOfFile = /^\S+\.\w+: /.test(error.message);
    return isOfFile
      ? fault(error.message)
      : { ok: false, faults: [`MAIL_LANGUAGE: ${error.message}`] };
  }
}

function courierOf(read: MailFields, sender: Sender): Courier {
  const { MAIL_SMTP_URL: smtp, MAIL_POST_URL: post = "", MAIL_FROM: from = "" } = read;
  if (smtp === undefined) {
    return createMailServiceCourier({ url: post, token: read.MAIL_POST_TOKEN, from });
  }
  const { MAIL_SMTP_TLS: tls, MAIL_SMTP_CA: certificateAuthority } = read;
  return createSmtpCourier({ url: smtp, from: sender, tls, certificateAuthority });
}

interface Sender {
  readonly address: string;
  readonly name?: string;
}

function senderOf(text: string): Sender | undefined {
  if (isPlainAddress(text)) return { address: text };
  const [, name = "", address = ""] = /^([^\p{C}<>"]{1,64}) <([^<>]+)>$/u.exec(text) ?? [];
  return isPlainAddress(address) ? { address, name } : undefined;
}

function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\/[^/]+\/?$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== "" && (username === "") === (password === "") && isDecodable(text);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function hasPassword(url: string): boolean {
  return new URL(url).password !== "";
}

function isPostUrl(text: string): boolean {
  return URL.canParse(text) && isTrustworthyUrl(new URL(text));
}
