import { describe, expect, test } from "vitest";
import { createMailTemplates } from "../../src/adapters/mail/index.ts";
import { systemClock } from "../../src/adapters/system/clock.ts";
import { readMailSettings } from "../../src/service/mail.ts";
import { codeOf } from "../support/page-code.ts";

const place = { readTextFiles: () => new Map<string, string>() };
const parts = { clock: systemClock, onFailure: () => undefined, waitUntil: undefined };
const smtp = { MAIL_SMTP_URL: "smtp://localhost:2525", MAIL_FROM: "no-reply@ants.example" };
const post = { MAIL_POST_URL: "https://mail.example/send", MAIL_FROM: "Ants <a@ants.example>" };

describe("the settings of mail", () => {
  test.each([
    ["none", {}, false],
    ["SMTP", smtp, true],
    ["a service", { ...post, MAIL_POST_TOKEN: "t0ken", MAIL_LANGUAGE: "de" }, true],
  ])("make a way for them: %s", (_name, environment, isOn) => {
    const read = readMailSettings(environment, place);

    expect(read.ok && read.value(parts) !== undefined).toBe(isOn);
  });

  test.each([
    [{ ...smtp, MAIL_FROM: undefined }, "MAIL_FROM: is required"],
    [{ MAIL_FROM: smtp.MAIL_FROM }, "MAIL_FROM: needs MAIL_SMTP_URL or MAIL_POST_URL"],
    [{ MAIL_TEMPLATES: "mails" }, "MAIL_TEMPLATES: needs"],
    [{ ...smtp, MAIL_POST_TOKEN: "t0ken" }, "MAIL_POST_TOKEN: needs MAIL_POST_URL"],
    [{ ...post, MAIL_SMTP_TLS: "off" }, "MAIL_SMTP_TLS: needs MAIL_SMTP_URL"],
    [{ ...smtp, ...post }, "MAIL_POST_URL: cannot be set beside"],
    [{ ...smtp, MAIL_SMTP_URL: "mail.example" }, "MAIL_SMTP_URL: must be"],
    [{ ...smtp, MAIL_SMTP_URL: "smtp://user@mail.example" }, "MAIL_SMTP_URL: must be"],
    [{ ...smtp, MAIL_SMTP_URL: "smtp://user:100%@mail.example" }, "MAIL_SMTP_URL: must be"],
    [{ ...smtp, MAIL_SMTP_URL: "https://mail.example" }, "MAIL_SMTP_URL: must be"],
    [
      { ...smtp, MAIL_SMTP_URL: "smtp://user:s3cret@mail.example", MAIL_SMTP_TLS: "off" },
      "MAIL_SMTP_TLS: off would send the password in the clear",
    ],
    [{ ...smtp, MAIL_SMTP_CA: "none" }, "MAIL_SMTP_CA: must be"],
    [{ ...smtp, MAIL_FROM: "a@b.example, c@d.example" }, "MAIL_FROM: must be"],
    [{ ...smtp, MAIL_FROM: "Ants\r\nBcc: x <a@b.example>" }, "MAIL_FROM: must be"],
    [{ ...post, MAIL_POST_URL: "http://mail.example/send" }, "MAIL_POST_URL: must be"],
    [{ ...smtp, MAIL_LANGUAGE: "fr" }, "MAIL_LANGUAGE: There are no mails"],
    [{ ...smtp, MAIL_NAME: "a\nb" }, "MAIL_NAME: must be"],
  ])("are refused where they do not go together: %j", (environment, fault) => {
    const read = readMailSettings(environment, place);

    const faults = read.ok ? [] : read.faults;
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain("s3cret");
  });

  test("may speak without TLS to this machine", () => {
    const local = { ...smtp, MAIL_SMTP_URL: "smtp://u:p@127.0.0.1:25", MAIL_SMTP_TLS: "off" };

    expect(readMailSettings(local, place).ok).toBe(true);
  });

  test("are told that Workers have neither SMTP nor files", () => {
    const read = readMailSettings({ ...smtp, MAIL_TEMPLATES: "mails" }, { isHosted: true });
    const files = readMailSettings({ ...post, MAIL_TEMPLATES: "mails" }, { isHosted: true });

    expect(read).toEqual({ ok: false, faults: [expect.stringContaining("no SMTP on Workers")] });
    expect(files).toEqual({ ok: false, faults: [expect.stringContaining("no files")] });
  });

  test("name the template that is none, and a folder that is not there", () => {
    const environment = { ...smtp, MAIL_TEMPLATES: "mails" };
    const files = new Map([["password_reset.en.txt", "Subject: x\n\nNothing."]]);
    const wrong = readMailSettings(environment, { readTextFiles: () => files });
    const absent = readMailSettings(environment, {
      readTextFiles: () => {
        throw new Error("ENOENT");
      },
    });

    expect(wrong).toEqual({
      ok: false,
      faults: ["MAIL_TEMPLATES: password_reset.en.txt: has no {{code}}"],
    });
    expect(absent).toEqual({ ok: false, faults: ["MAIL_TEMPLATES: cannot be read"] });
  });
});

describe("docs/mail.md", () => {
  const [bySmtp, byService, template] = codeOf("docs/mail.md").map(({ text }) => text);

  /** The variables that a shell has after a block. */
  const exportedBy = (block = "") =>
    Object.fromEntries(
      [...block.matchAll(/^export (\w+)='?([^'\n]*?)'?(?: +#.*)?$/gm)].map(
        ([, name, value]) => [name, value] as const,
      ),
    );

  test.each([
    ["SMTP", bySmtp, "MAIL_SMTP_URL"],
    ["a service", byService, "MAIL_POST_URL"],
  ])("shows settings that make a way out by %s", (_name, block, variable) => {
    const token = variable === "MAIL_POST_URL" ? { MAIL_POST_TOKEN: "t0ken" } : {};
    const environment = { ...exportedBy(block), ...token };

    expect(Object.keys(environment)).toEqual(expect.arrayContaining([variable, "MAIL_FROM"]));
    const read = readMailSettings(environment, place);
    expect(read.ok && read.value(parts)).toBeDefined();
    expect(read).toMatchObject({ ok: true });
  });

  test("shows a template", () => {
    const files = new Map([["password_reset.de.txt", template ?? ""]]);
    const templates = createMailTemplates({ name: "Ants", language: "en", files });

    const { subject, text } = templates.write("password_reset", "de", "471108");

    expect([subject, text.trim()]).toEqual([
      "Ants: your code",
      "Enter 471108 to set a new password.",
    ]);
  });
});
