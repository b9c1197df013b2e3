import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSmtpCourier, type SmtpOptions } from "../../../src/adapters/smtp/index.ts";
import type { Mail } from "../../../src/ports/index.ts";
import {
  type MailServerOptions,
  mailCertificate,
  readMail,
  startMailServer,
} from "../../support/mail-server.ts";

const mail: Mail = {
  id: "6f0c8d1e-0000-4000-8000-000000000001",
  to: "ada@example.com",
  subject: "Bestätigen Sie Ihre Adresse",
  text: "Ihr Code ist 471108.\n.\nEnde\n",
  html: "<p>Ihr Code ist 471108.</p>",
  language: "de",
};
const from = { address: "no-reply@ants.example", name: "Ants, Bees & Co." };
const user = { name: "post man", password: "p@ss:w/rd" };

type StartOptions = Partial<SmtpOptions> & { readonly scheme?: string; readonly login?: string };

type Refusal = readonly [
  code: string,
  where: string,
  server: MailServerOptions,
  options: StartOptions,
];

async function start(
  server: MailServerOptions = {},
  { scheme = "smtp", login = "", ...options }: StartOptions = {},
) {
  const started = await startMailServer(server);
  onTestFinished(started.close);
  const { cert: certificateAuthority } = await mailCertificate();
  const url = `${scheme}://${login}localhost:${started.port}`;
  const courier = createSmtpCourier({ url, from, certificateAuthority, ...options });
  return { ...started, courier };
}

describe("a mail by SMTP", () => {
  test("is taken over TLS, in text and HTML, and has no header but those that are ours", async () => {
    const { courier, mails } = await start();

    await courier.send(mail);

    expect(mails).toMatchObject([
      { from: "no-reply@ants.example", to: ["ada@example.com"], isSecure: true },
    ]);
    const { header, names, text } = readMail(mails[0] ?? expect.fail("no mail"));
    expect(names.toSorted()).toEqual([
      "auto-submitted",
      "content-language",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(header("from")).toEqual(['"Ants, Bees & Co." <no-reply@ants.example>']);
    expect(header("to")).toEqual(["ada@example.com"]);
    expect(header("message-id")).toEqual([`<${mail.id}@ants.example>`]);
    expect(text).toContain("Ihr Code ist 471108.\r\n");
    expect(text).toContain("<p>Ihr Code ist 471108.</p>");
  });

  test.each([
    ["by STARTTLS", {}, {}],
    ["from the start", { tls: "direct" }, { scheme: "smtps" }],
  ] as const)("is sent with user and password over TLS %s", async (_name, server, options) => {
    const login = `${encodeURIComponent(user.name)}:${encodeURIComponent(user.password)}@`;
    const { courier, mails } = await start({ ...server, user }, { ...options, login });

    await courier.send(mail);

    expect(mails).toMatchObject([{ user: user.name, isSecure: true }]);
  });

  test("goes without TLS where that is asked for, and only there", async () => {
    const open = await start({ tls: "none" }, { tls: "off" });
    await open.courier.send(mail);
    expect(open.mails).toMatchObject([{ isSecure: false }]);

    const strict = await start({ tls: "none" });
    await expect(strict.courier.send(mail)).rejects.toMatchObject({ code: "delivery_failed" });
    expect(strict.mails).toEqual([]);
  });

  test("is not sent to a server whose certificate nobody stands for", async () => {
    const { courier, mails } = await start({}, { certificateAuthority: undefined });

    await expect(courier.send(mail)).rejects.toMatchObject({
      code: expect.stringMatching(/delivery_failed|provider_unavailable/),
    });
    expect(mails).toEqual([]);
  });

  const refusals: readonly Refusal[] = [
    ["delivery_failed", "the password is wrong", { user }, { login: "post%20man:wrong@" }],
    ["delivery_failed", "the recipient is refused", { reply: () => 550 }, {}],
    ["provider_unavailable", "the recipient is refused for now", { reply: () => 451 }, {}],
    ["provider_unavailable", "it hangs", { reply: () => "hang" }, { timeoutMs: 400 }],
  ];
  test.each(refusals)("is %s where %s", async (code, _name, server, options) => {
    const { courier, mails } = await start(server, options);

    const error: unknown = await courier.send(mail).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code });
    expect(mails).toEqual([]);
    expect(String(error)).not.toMatch(/wrong|471108|ada@/);
  });

  test.each([
    ["nobody listens", undefined],
    ["nobody greets", "silent"],
    ["somebody else answers", "HTTP/1.1 400 Bad Request\r\n\r\n"],
  ])("is provider_unavailable where %s", async (_name, greeting) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      if (greeting !== undefined && greeting !== "silent") socket.end(greeting);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    if (greeting === undefined) server.close();
    else onTestFinished(() => void server.close());
    const courier = createSmtpCourier({ url: `smtp://127.0.0.1:${port}`, from, timeoutMs: 500 });

    await expect(courier.send(mail)).rejects.toMatchObject({ code: "provider_unavailable" });
  });

  test("goes on after a server was gone", async () => {
    const replies = [451, undefined];
    const { courier, mails } = await start({ reply: () => replies.shift() });

    await expect(courier.send(mail)).rejects.toMatchObject({ code: "provider_unavailable" });
    await courier.send(mail);

    expect(mails).toHaveLength(1);
  });
});

describe("what somebody else chose", () => {
  test.each([
    { subject: "Hello\r\nBcc: eve@example.com" },
    { subject: "Hello\n\nBody" },
    { text: "Hello\r\n.\r\nMAIL FROM:<eve@example.com>\r\n" },
    { language: "de\r\nBcc: eve@example.com" },
    { to: "ada@example.com\r\nRCPT TO:<eve@example.com>" },
    { to: "ada@example.com, eve@example.com" },
    { to: "Eve <eve@example.com>" },
  ])("becomes no header, no other recipient and no other mail: %j", async (change) => {
    const { courier, mails } = await start();

    await courier.send({ ...mail, ...change }).catch(() => undefined);

    expect(mails.length).toBeLessThanOrEqual(1);
    for (const received of mails) {
      expect(received.to).toHaveLength(1);
      expect(received.to).not.toContain("eve@example.com");
      const { names, header } = readMail(received);
      expect(names).not.toContain("bcc");
      expect(header("to")).toHaveLength(1);
    }
  });
});
