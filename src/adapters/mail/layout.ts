import type { MailCatalogue, MailWords } from "./catalogue.ts";

/** The parts of a mail that are for people to read. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes the words of a catalogue as templates, with `{{code}}` where there is one. */
export function templateOf(
  { subject, opening, closing }: MailWords,
  { language, signature }: MailCatalogue,
  withCode: boolean,
): MailText {
  const code = withCode ? ["{{code}}"] : [];
  const text = [...opening, ...code.map((one) => `    ${one}`), ...closing, `-- \n${signature}`];
  const paragraphs = [
    ...opening.map(paragraph),
    ...code.map((one) => `<p style="${codeStyle}">${one}</p>`),
    ...closing.map(paragraph),
    `<p style="color:#6b7280;font-size:14px;margin:24px 0 0">${escaped(signature)}</p>`,
  ];
  return { subject, text: `${text.join("\n\n")}\n`, html: page(language, subject, paragraphs) };
}

/** Writes a text so that it is nothing but text in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const codeStyle =
  "font:600 28px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px;margin:24px 0;white-space:pre-wrap;word-break:break-all";

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escaped(text)}</p>`;
}

/** A page that asks nobody for anything: no picture, no style sheet, no link. */
function page(language: string, subject: string, paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:32px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:520px;margin:0 auto">
${paragraphs.join("\n")}
</div>
</body>
</html>
`;
}
