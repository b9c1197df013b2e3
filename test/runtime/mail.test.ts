import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../../src/node.ts";
import {
  type MailServer,
  mailCertificate,
  type ReceivedMail,
  readMail,
  startMailServer,
} from "../support/mail-server.ts";
import { describeOnRuntime, runtimeNames, startRuntime } from "../support/runtimes.ts";
import { runReport } from "./kit/run-report.ts";

const account = { username: "ada@example.com", password: "Correct-Horse-7" };

/** Waits for mails, and gives the last with a word in it. */
async function mailWith({ mails }: MailServer, word: string): Promise<ReceivedMail> {
  const find = () => mails.findLast((mail) => readMail(mail).text.includes(word));
  await expect.poll(find, { timeout: 8000 }).toBeDefined();
  return find() ?? expect.fail(`there is no mail with ${word}`);
}

function codeIn(mail: ReceivedMail): string {
  return /\b(\d{6})\b/.exec(readMail(mail).text.replace(/^[\s\S]*?\r\n\r\n/, ""))?.[1] ?? "";
}

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `mails by SMTP on ${runtime}`, () => {
    test("bring codes and notices, by templates of one's own and in German", async () => {
      const user = { name: "portico", password: "p@ss word" };
      const mail = await startMailServer({ user });
      const folder = await mkdtemp(join(tmpdir(), "portico-mails-"));
      const own = "Subject: {{name}}: neues Passwort\n\nDein Code: {{code}}\n";
      await writeFile(join(folder, "password_reset.de.txt"), own);
      await writeFile(join(folder, "README.md"), "none of ours");
      const { cert } = await mailCertificate();
      const service = await startRuntime(
        runtime,
        {
          MAIL_SMTP_URL: `smtp://portico:${encodeURIComponent(user.password)}@localhost:${mail.port}`,
          MAIL_SMTP_CA: cert,
          MAIL_FROM: "Ants <no-reply@ants.example>",
          MAIL_LANGUAGE: "de",
          MAIL_TEMPLATES: folder,
          SIGN_UP_STATUS: "confirmation_required",
        },
        { denoTask: "start:better-auth" },
      );
      onTestFinished(async () => {
        await service.stop();
        await mail.close();
        await rm(folder, { recursive: true, force: true });
      });
      const post = async (path: string, body: unknown, headers = {}) => {
        const response = await fetch(`${service.url}${path}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Host: "evil.example", ...headers },
          body: JSON.stringify(body),
        });
        return { status: response.status, text: await response.text() };
      };

      const first = await post("/v1/sign-up", account);
      const welcome = await mailWith(mail, "Willkommen bei Ants");
      expect(welcome).toMatchObject({ to: [account.username], isSecure: true, user: user.name });
      const { username } = account;
      const confirmed = await post("/v1/sign-up/confirm", { username, code: codeIn(welcome) });
      expect(confirmed.status).toBe(200);

      // Nobody but the owner hears that there is an account.
      const again = await post("/v1/sign-up", account, { "Accept-Language": "en" });
      expect(again).toEqual(first);
      await mailWith(mail, "It has one already");

      await post("/v1/password/forgot", { username });
      const reset = await mailWith(mail, "Dein Code:");
      const changed = await post("/v1/password/reset", {
        username,
        code: codeIn(reset),
        new_password: "Another-Horse-8",
      });
      expect(changed.status).toBe(200);
      await mailWith(mail, "Ihres Kontos bei Ants wurde ge");
      expect(mail.mails).toHaveLength(4);
      for (const { source } of mail.mails) expect(source).not.toMatch(/evil\.example|https?:/);
      expect(service.output()).not.toMatch(/p@ss|Dein Code/);
    }, 60_000);
  });
}

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `mails by a service over HTTP on ${runtime}`, () => {
    test("are posted, and told of where they are refused", async () => {
      const posted: Readonly<Record<string, unknown>>[] = [];
      const tries: string[] = [];
      const service = await serve({
        port: 0,
        async fetch(request) {
          const body = await request.json();
          tries.push(request.headers.get("Authorization") ?? "");
          if (tries.length === 1) return new Response("busy", { status: 503 });
          if (body.to === "eve@example.com") return new Response("no", { status: 422 });
          posted.push(body);
          return new Response(null, { status: 202 });
        },
      });
      onTestFinished(() => service.close());

      const report = await runReport(runtime, "mail", `http://127.0.0.1:${service.port}`);

      expect(report).toEqual({
        taken: "taken",
        refused: "IdentityError: delivery_failed",
        failures: "0",
      });
      expect(new Set(tries)).toEqual(new Set(["Bearer t0ken"]));
      expect(posted).toMatchObject([
        { to: "ada@example.com", from: "a@ants.example", language: "de" },
        { to: "ada@example.com", language: "en", subject: "Your password was changed" },
      ]);
    }, 120_000);
  });
}

describe("a service that cannot send its mails", () => {
  test("says so, and answers as ever", async () => {
    const service = await startRuntime("node", {
      MAIL_SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "no-reply@ants.example",
    });
    onTestFinished(async () => {
      await service.stop();
    });
    const startedAt = performance.now();

    const answer = await fetch(`${service.url}/v1/sign-up`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(account),
    });

    expect(answer.status).toBe(201);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await expect
      .poll(service.output, { timeout: 15_000 })
      .toContain('"event":"message_delivery","outcome":"failure"');
    expect(service.output()).toContain('"purpose":"sign_up_confirmation"');
  }, 30_000);
});
