/** The pages that there are, by their paths. */
export type PageName = "sign-in" | "sign-up" | "recover" | "account";

/** The languages that the pages are written in, the default first. */
export const pageLanguages = ["en", "de"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** The parts that a page is made of. */
export interface PageParts {
  readonly name: PageName;
  readonly language: PageLanguage;
  /** The names of the script and the style, as they are served. */
  readonly script: string;
  readonly style: string;
  /** The address that it takes the browser back to, once that was found fit. */
  readonly returnTo: string | undefined;
  /** Whether messages that are not sent are shown on it. */
  readonly showsOutbox: boolean;
}

type Words = Readonly<Record<PageName | "noScript" | "badLink" | "badLinkText", string>>;

const words: Readonly<Record<PageLanguage, Words>> = {
  en: {
    "sign-in": "Sign in",
    "sign-up": "Create an account",
    recover: "Reset your password",
    account: "Your account",
    noScript: "This page needs JavaScript. Please switch it on and load the page again.",
    badLink: "This link does not work",
    badLinkText:
      "It would take you to a place that this service does not know. Go back to where you came from, or sign in here.",
  },
  de: {
    "sign-in": "Anmelden",
    "sign-up": "Konto anlegen",
    recover: "Passwort zurücksetzen",
    account: "Ihr Konto",
    noScript: "Diese Seite braucht JavaScript. Bitte schalten Sie es ein und laden Sie sie neu.",
    badLink: "Dieser Link funktioniert nicht",
    badLinkText:
      "Er würde Sie an einen Ort führen, den dieser Dienst nicht kennt. Gehen Sie zurück, woher Sie kamen, oder melden Sie sich hier an.",
  },
};

/** Writes a page: one element, and its script and style as files, so that its policy can forbid everything else. */
export function page(parts: PageParts): string {
  const { name, returnTo, showsOutbox } = parts;
  const others = (["sign-in", "sign-up", "recover", "account"] as const)
    .filter((other) => other !== name)
    .map((other) => ` ${other}-url="${escaped(withReturn(other, returnTo))}"`);
  // Who has come from nowhere in particular goes on to the account, which is where a page is that needs nothing.
  const back = name === "account" ? "" : ` return-to="${escaped(returnTo ?? "account")}"`;
  const { noScript } = words[parts.language];
  return shell(
    parts,
    words[parts.language][name],
    `<script type="module" src="assets/${parts.script}"></script>`,
    `<main class="portico-page portico-page--${name}"${showsOutbox ? ' data-outbox="dev/outbox"' : ""}>
<portico-${name}${back}${others.join("")}><noscript><p>${noScript}</p></noscript></portico-${name}>
</main>`,
  );
}

/** Writes the page of an address that leads somewhere else than it may. */
export function badLinkPage(parts: Pick<PageParts, "language" | "style">): string {
  const { badLink, badLinkText, "sign-in": signIn } = words[parts.language];
  return shell(
    parts,
    badLink,
    "",
    `<main class="portico-page">
<div class="portico"><h1 class="portico-title">${badLink}</h1>
<p class="portico-text">${badLinkText}</p>
<p class="portico-actions"><a class="portico-button portico-button--primary" href="sign-in">${signIn}</a></p></div>
</main>`,
  );
}

function shell(
  { language, style }: Pick<PageParts, "language" | "style">,
  title: string,
  script: string,
  body: string,
): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/${style}">
${script}
</head>
<body>
${body}
</body>
</html>
`;
}

function withReturn(page: PageName, returnTo: string | undefined): string {
  // The account is no stop on the way back.
  if (returnTo === undefined || page === "account") return page;
  return `${page}?return_to=${encodeURIComponent(returnTo)}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
