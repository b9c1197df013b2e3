import { IdentityError } from "../../domain/errors.ts";
import { demandPlainAddress } from "../../domain/plain-address.ts";
import type { Courier, Mail } from "../../ports/index.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { loadNodemailer, type SmtpTransport } from "./nodemailer.ts";

/** The options of {@link createSmtpCourier}. */
export interface SmtpOptions {
  /**
   * `smtps://user:password@host:port` for TLS from the start, `smtp://…` for TLS by STARTTLS. User and password in
   * percent-encoding.
   */
  readonly url: string;
  /** The sender: an address, and the name before it where there is one. */
  readonly from: { readonly address: string; readonly name?: string };
  /** `required` refuses a server without TLS, or with a certificate that is not good; `off` speaks without. @default "required" */
  readonly tls?: "required" | "off";
  /** The certificate of an authority of one's own, in PEM. @default those that the runtime knows */
  readonly certificateAuthority?: string | undefined;
  /** The time that a mail may take, connecting included, in milliseconds. @default 8000 */
  readonly timeoutMs?: number;
}

/**
 * Makes a courier over SMTP by nodemailer, where a process can open a TCP socket: on Node.js, Deno and Bun. The package is
 * loaded with the first mail. Connections are kept and used again.
 *
 * @throws {IdentityError} as `Courier.send`: a server that refuses for now (4xx) may take it later (RFC 5321 section 4.2.1)
 */
export function createSmtpCourier(options: SmtpOptions): Courier {
  const { timeoutMs = 8_000, from } = options;
  let transport: Promise<SmtpTransport> | undefined;

  function connected(): Promise<SmtpTransport> {
    transport ??= loadNodemailer()
      .then(({ createTransport }) => createTransport(transportOptions(options, timeoutMs)))
      .catch((error) => {
        transport = undefined;
        throw error;
      });
    return transport;
  }

  return {
    async send(mail) {
      // nodemailer takes the text of a recipient apart, whatever form it is given in.
      demandPlainAddress(mail.to);
      try {
        const sending = connected().then((ready) => ready.sendMail(messageOf(mail, from)));
        await withinDeadline(sending, timeoutMs);
      } catch (cause) {
        throw new IdentityError(isFinal(cause) ? "delivery_failed" : "provider_unavailable", {
          cause,
        });
      }
    },
  };
}

function transportOptions(
  { url, tls = "required", certificateAuthority: ca }: SmtpOptions,
  timeoutMs: number,
) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isDirect = protocol === "smtps:";
  // RFC 8314 section 3.3, RFC 6409 section 3.1.
  const usualPort = isDirect ? 465 : 587;
  const host = hostname.replace(/^\[|\]$/g, "");
  return {
    pool: true,
    maxConnections: 4,
    host,
    port: port === "" ? usualPort : Number(port),
    secure: isDirect,
    requireTLS: !isDirect && tls === "required",
    ignoreTLS: !isDirect && tls === "off",
    // The machine's name is nobody's concern, and Deno asks for permission to read it.
    name: "portico",
    ...(username !== "" && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    ...(ca !== undefined && { tls: { ca } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Addresses are given as such, and never as text that is taken apart. */
function messageOf({ id, to, subject, text, html, language }: Mail, from: SmtpOptions["from"]) {
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    from: { name: from.name ?? "", address: from.address },
    to: { name: "", address: to },
    envelope: { from: from.address, to: [to] },
    messageId: `<${id}@${domain}>`,
    subject,
    text,
    ...(html !== undefined && { html }),
    // No machine answers it (RFC 3834 section 5).
    headers: { "Auto-Submitted": "auto-generated", "Content-Language": language },
  };
}

/** A reply of 5xx is for good, and so are our own faults: certificates and credentials that are not taken. */
function isFinal(error: unknown): boolean {
  const { responseCode, code } = Object(error) as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === "number") return responseCode >= 500;
  return ["EAUTH", "ENOAUTH", "ETLS", "EENVELOPE", "EMESSAGE"].includes(String(code));
}
