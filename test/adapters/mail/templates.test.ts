import { describe, expect, test } from "vitest";
import { createMailTemplates, mailKinds } from "../../../src/adapters/mail/index.ts";

const make = (files: Readonly<Record<string, string>> = {}, language = "en") =>
  createMailTemplates({ name: "Ants & <Bees>", language, files: new Map(Object.entries(files)) });

const codes: readonly string[] = [
  "sign_up_confirmation",
  "password_reset",
  "sign_in_code",
  "mfa_code",
  "attribute_verification",
  "invitation",
];

describe("a mail", () => {
  test.each(["en", "de"].flatMap((language) => mailKinds.map((kind) => [kind, language] as const)))(
    "%s in %s has a subject, a text and HTML, and its code once in each",
    (kind, language) => {
      const { subject, text, html = "" } = make().write(kind, language, "47\u200a11-code");

      expect(subject).toMatch(/^[^\r\n]{5,78}$/);
      expect(text).toContain("Ants & <Bees>");
      expect(html).toContain("Ants &#38; &#60;Bees&#62;");
      expect(html).toContain(`<html lang="${language}">`);
      const times = codes.includes(kind) ? 1 : 0;
      for (const part of [text, html])
        expect(part.split("47\u200a11-code")).toHaveLength(times + 1);
      expect(`${subject}${text}${html}`).not.toMatch(/\{\{|https?:|src=|href=/);
    },
  );

  test("differs between languages, of all kinds", () => {
    for (const kind of mailKinds) {
      const [en, de] = ["en", "de"].map((language) => make().write(kind, language, "1"));
      expect(en?.subject).not.toBe(de?.subject);
      expect(en?.text).not.toBe(de?.text);
    }
  });

  test("has a password in it as it is, and nothing of it as HTML", () => {
    const password = `<b>&"'{{name}}$&`;
    const { text, html } = make().write("invitation", "en", password);

    expect(text).toContain(password);
    expect(html).toContain("&#60;b&#62;&#38;&#34;&#39;{{name}}$&#38;");
  });
});

describe("the language of a mail", () => {
  test.each([
    [["de"], "de"],
    [["de-AT"], "de"],
    [["de_CH"], "de"],
    [["DE"], "de"],
    [[undefined, "de-DE,de;q=0.9,en;q=0.8"], "de"],
    [["fr", "de"], "de"],
    [["en", "de"], "en"],
    [[undefined, "fr, en;q=0.5, de;q=0.8"], "de"],
    [[undefined, "de;q=0, en;q=0.1"], "en"],
    [["fr"], "en"],
    [[undefined], "en"],
    [["../../etc"], "en"],
    [["de\r\nBcc: eve@example.com"], "en"],
    [[`de,${"x".repeat(300)}`], "en"],
    [["__proto__"], "en"],
  ])("for the wishes %j is %s", (wishes, language) => {
    expect(make().languageFor(wishes)).toBe(language);
  });

  test("is the usual one for whoever wishes for none that there is", () => {
    expect(make({}, "de").languageFor(["fr"])).toBe("de");
    expect(() => make({}, "fr")).toThrow("no mails in the language fr");
  });
});

describe("a template of a team's own", () => {
  const own = "Subject: {{name}}: a code\n\nYours is {{code}}.\n";

  test("takes the place of one mail in one language, its HTML included", () => {
    const templates = make({ "password_reset.en.txt": own });

    expect(templates.write("password_reset", "en", "4711")).toEqual({
      subject: "Ants & <Bees>: a code",
      text: "Yours is 4711.\n",
    });
    expect(templates.write("password_reset", "de", "4711").subject).toMatch(/Passwort/);
    expect(templates.write("sign_in_code", "en", "4711").html).toContain("4711");
  });

  test("can have HTML beside it", () => {
    const files = {
      "password_reset.en.html": "<b>{{code}}</b> {{name}}",
      "password_reset.en.txt": own,
    };

    expect(make(files).write("password_reset", "en", "<7>").html).toBe(
      "<b>&#60;7&#62;</b> Ants &#38; &#60;Bees&#62;",
    );
  });

  test("can bring a language along, whose other mails are in the usual one", () => {
    const templates = make({ "password_reset.fr.txt": own }, "de");

    expect(templates.languageFor(["fr-CA"])).toBe("fr");
    expect(templates.write("password_reset", "fr", "1").text).toBe("Yours is 1.\n");
    expect(templates.write("sign_in_code", "fr", "1").text).toContain("Geben Sie");
  });

  test.each([
    ["password-reset.en.txt", own, "is no template"],
    ["passwords.en.txt", own, "is no template"],
    ["constructor.en.txt", own, "is no template"],
    ["password_reset.txt", own, "is no template"],
    ["password_reset.en.html", "<b>{{code}}</b>", "needs password_reset.en.txt"],
    ["password_reset.en.txt", "Subject: x\n\nNothing.", "has no {{code}}"],
    [
      "password_reset.en.txt",
      "Subject: x\n\n{{code}} {{email}}",
      "nothing is put in for {{email}}",
    ],
    ["password_changed.en.txt", "Subject: x\n\n{{code}}", "nothing is put in for {{code}}"],
    ["password_reset.en.txt", "{{code}}", "has to begin with"],
    ["password_reset.en.txt", "Subject: {{code}}\n\nx", "has to begin with"],
    ["password_reset.en.txt", "Subject: x\nBcc: y\n\n{{code}}", "has to begin with"],
  ])("%s is refused where it is none: %j", (file, content, reason) => {
    expect(() => make({ [file]: content })).toThrow(
      new RegExp(`^${file}: .*${reason.replace(/[{}]/g, "\\$&")}`),
    );
  });
});
