import type { IdentityErrorCode } from "../../domain/errors.ts";
import { problems } from "../problem.ts";
import { advice } from "./advice.ts";
import { operationsByCode } from "./operations-by-code.ts";

/** The style of the pages: system fonts, light and dark, and nothing that is wider than a small telephone. */
export const problemStyle = `:root{color-scheme:light dark}
body{margin:0;padding:2rem 1rem;font:1rem/1.6 system-ui,sans-serif;color:light-dark(#171a26,#eceef6);background:light-dark(#fff,#191c27);overflow-wrap:anywhere}
main{max-width:40rem;margin:auto}
h1{margin:.25rem 0 1rem;font-size:1.5rem;line-height:1.25}
h2{margin:1.75rem 0 .25rem;font-size:1rem}
p{margin:0}
code{font:.9em ui-monospace,Menlo,Consolas,monospace;background:light-dark(#eef0f6,#262a38);border-radius:.25rem;padding:.1em .3em}
.status{color:light-dark(#586073,#a6aec2)}
ul{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0 0;padding:0;list-style:none}`;

/** Makes the page of a code. All that is in it is the service's own. */
export function problemPage(code: IdentityErrorCode): string {
  const [status, title] = problems[code];
  const [meaning, remedy] = advice[code];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${code}: ${title}</title>
<style>${problemStyle}</style>
</head>
<body>
<main>
<p class="status">${status} <code>${code}</code></p>
<h1>${title}</h1>
<h2>What it means</h2>
<p>${marked(meaning)}</p>
<h2>What to do</h2>
<p>${marked(remedy)}</p>
<h2>Operations that answer with it</h2>
${operationList(code)}
</main>
</body>
</html>
`;
}

function operationList(code: IdentityErrorCode): string {
  const operations = operationsByCode()[code] ?? [];
  if (operations === "every") return "<p>Every one.</p>";
  if (operations.length === 0) return "<p>None by itself: the service answers so before any.</p>";
  return `<ul>${operations.map((id) => `<li><code>${id}</code></li>`).join("")}</ul>`;
}

/** Writes names that are marked as code as code. */
function marked(text: string): string {
  return text.replace(/`([^`]+)`/g, "<code>$1</code>");
}
