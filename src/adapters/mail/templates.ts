import { hasCode, type MailCatalogue, type MailKind, mailKinds } from "./catalogue.ts";
import { english } from "./english.ts";
import { german } from "./german.ts";
import { escaped, type MailText, templateOf } from "./layout.ts";

/** The templates of mails, in the languages that there are. */
export interface MailTemplates {
  /** Tells which language a mail is written in: the first of those wished for that there is. */
  languageFor(wishes: readonly (string | undefined)[]): string;
  /** Writes a mail. */
  write(kind: MailKind, language: string, code: string | undefined): Partial<MailText> & Written;
}

type Written = Pick<MailText, "subject" | "text">;

/** The options of {@link createMailTemplates}. */
export interface MailTemplateOptions {
  /** The name of the service. */
  readonly name: string;
  /** The language of whoever wishes for none that there is. */
  readonly language: string;
  /** Files that take the place of templates, by their names. @default none */
  readonly files?: ReadonlyMap<string, string> | undefined;
}

const catalogues: readonly MailCatalogue[] = [english, german];

const fileName = /^([a-z_]+)\.([a-z]{2,3}(?:-[A-Z]{2})?)\.(txt|html)$/;

/**
 * Makes the templates. A file `password_reset.de.txt` takes the place of that mail in that language, its HTML included: its
 * first line is `Subject: …`, then comes an empty line, then the text. `password_reset.de.html` beside it is the HTML.
 *
 * @throws {TypeError} a file is no template: the message says which, and why
 */
export function createMailTemplates({
  name,
  language: usual,
  files = new Map(),
}: MailTemplateOptions): MailTemplates {
  const templates = new Map<string, Partial<MailText> & Written>();
  for (const catalogue of catalogues) {
    for (const kind of mailKinds) {
      const template = templateOf(catalogue.words[kind], catalogue, hasCode(kind));
      templates.set(`${kind}.${catalogue.language}`, template);
    }
  }
  for (const [id, template] of templatesOf(files)) templates.set(id, template);
  const languages = new Set([...templates.keys()].map((id) => id.slice(id.indexOf(".") + 1)));
  if (!languages.has(usual)) throw new TypeError(`There are no mails in the language ${usual}.`);

  return {
    languageFor: (wishes) => wishes.flatMap((wish) => bestOf(wish, languages) ?? [])[0] ?? usual,

    write(kind, language, code) {
      const template =
        templates.get(`${kind}.${language}`) ??
        templates.get(`${kind}.${usual}`) ??
        templates.get(`${kind}.en`);
      if (!template) throw new TypeError(`There is no mail ${kind}.`);
      const fill = (text: string, write: (value: string) => string) =>
        text.replaceAll(/\{\{(name|code)\}\}/g, (_all, what) =>
          write(what === "name" ? name : (code ?? "")),
        );
      const plain = (value: string) => value;
      const { subject, text, html } = template;
      return {
        subject: fill(subject, plain),
        text: fill(text, plain),
        ...(html !== undefined && { html: fill(html, escaped) }),
      };
    },
  };
}

function templatesOf(files: ReadonlyMap<string, string>) {
  const found = new Map<string, Partial<MailText> & Written>();
  const names = [...files.keys()].toSorted().toReversed();
  for (const file of names) {
    const [, kind = "", language = "", form] = fileName.exec(file) ?? [];
    if (!isKind(kind)) throw new TypeError(`${file}: is no template, by its name`);
    const content = files.get(file) ?? "";
    check(file, kind, content);
    const id = `${kind}.${language}`;
    if (form === "txt") found.set(id, readText(file, content));
    const there = found.get(id);
    if (!there) throw new TypeError(`${file}: needs ${id}.txt beside it`);
    if (form === "html") found.set(id, { ...there, html: content });
  }
  return found;
}

function isKind(kind: string): kind is MailKind {
  return (mailKinds as readonly string[]).includes(kind);
}

function check(file: string, kind: MailKind, content: string): void {
  const unknown = [...content.matchAll(/\{\{([^}]*)\}\}/g)].find(
    ([, word = ""]) => word !== "name" && !(word === "code" && hasCode(kind)),
  );
  if (unknown) throw new TypeError(`${file}: nothing is put in for ${unknown[0]}`);
  if (hasCode(kind) && !content.includes("{{code}}")) {
    throw new TypeError(`${file}: has no {{code}}`);
  }
}

function readText(file: string, content: string): Written {
  const [, subject, text] = /^Subject: ([^\r\n]+)\r?\n\r?\n([\s\S]+)$/.exec(content) ?? [];
  if (subject === undefined || text === undefined || subject.includes("{{code}}")) {
    throw new TypeError(
      `${file}: has to begin with "Subject: …", without a code, and an empty line`,
    );
  }
  return { subject, text };
}

/** Finds the best of the languages that a wish names: one tag, or `Accept-Language` (RFC 9110 section 12.5.4). */
function bestOf(wish: string | undefined, languages: ReadonlySet<string>): string | undefined {
  if (wish === undefined || wish.length > 200) return undefined;
  const ranges = wish.split(",").map((range) => {
    const [tag = "", weight = "q=1"] = range.trim().split(/\s*;\s*/);
    return { tag: tag.replace("_", "-"), weight: Number(/^q=([\d.]+)$/.exec(weight)?.[1] ?? 0) };
  });
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const [primary = ""] = tag.toLowerCase().split("-");
    const found = [...languages].find((one) => one.toLowerCase() === tag.toLowerCase());
    if (found ?? languages.has(primary)) return found ?? primary;
  }
  return undefined;
}
