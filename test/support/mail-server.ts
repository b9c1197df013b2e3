import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly user: string | undefined;
  /** Headers and body, as they were sent. */
  readonly source: string;
}

/** The ways of a server that does not take every mail. */
export interface MailServerOptions {
  /** Whether TLS begins with the connection, can be begun, or is not there. @default "starttls" */
  readonly tls?: "direct" | "starttls" | "none";
  readonly user?: { readonly name: string; readonly password: string };
  /** The reply to a recipient, by its code, or none at all. */
  readonly reply?: (address: string) => number | "hang" | undefined;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  close(): Promise<void>;
}

const run = promisify(execFile);
let certificate: Promise<{ readonly key: string; readonly cert: string }> | undefined;

/** A certificate for this machine, which its own authority stands for. */
export function mailCertificate() {
  certificate ??= makeCertificate();
  return certificate;
}

async function makeCertificate() {
  const folder = await mkdtemp(join(tmpdir(), "portico-mail-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const terms = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"];
  try {
    await run("openssl", [
      ...["req", "-x509", ...terms, "-addext", names, "-keyout", key, "-out", cert],
    ]);
    return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts a server that takes mails, on a free port of this machine. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { tls = "starttls", user, reply = () => undefined } = options;
  const mails: ReceivedMail[] = [];
  const settings: SMTPServerOptions = {
    ...(tls !== "none" && (await mailCertificate())),
    secure: tls === "direct",
    disabledCommands: [...(tls === "none" ? ["STARTTLS"] : []), ...(user ? [] : ["AUTH"])],
    allowInsecureAuth: tls === "none",
    authOptional: user === undefined,
    onAuth({ username, password }, _session, callback) {
      if (username === user?.name && password === user?.password)
        callback(null, { user: username });
      else callback(Object.assign(new Error("no such user"), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, callback) {
      const code = reply(address);
      if (code === "hang") return;
      callback(code === undefined ? null : Object.assign(new Error("no"), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: session.user,
          source: Buffer.concat(parts).toString("utf8"),
        });
        callback(null);
      });
    },
  };
  const server = new SMTPServer({ ...settings, logger: false, closeTimeout: 200 });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The headers of a mail by their names, unfolded, and its parts decoded. */
export function readMail({ source }: ReceivedMail) {
  const [head = ""] = source.split("\r\n\r\n", 1);
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = Map.groupBy(
    lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    ([name = ""]) => name.toLowerCase(),
  );
  const text = source
    .replaceAll(/=\r\n/g, "")
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll("=", ""), "hex").toString("utf8"),
    );
  const header = (name: string) => headers.get(name)?.map(([, value]) => value) ?? [];
  return { header, names: [...headers.keys()], text };
}
