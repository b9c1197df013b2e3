/** The style of the page. Its colours keep a contrast of at least 4.5 to 1 in both schemes (WCAG 2.2, 1.4.3). */
export const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171c);
  --raised: light-dark(#f4f6f9, #1d222a);
  --line: light-dark(#d5dae2, #353d49);
  --ink: light-dark(#1a1f27, #e7eaef);
  --quiet: light-dark(#535d6b, #a3adbb);
  --accent: light-dark(#2348b8, #93b0ff);
  --get: light-dark(#0b6b47, #62d3a2);
  --post: light-dark(#2348b8, #93b0ff);
  --change: light-dark(#8a4b00, #f2b36b);
  --delete: light-dark(#a82318, #ff9a8f);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 7.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--accent); }
code, pre, textarea, #token { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.875rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; padding: 0.5rem 1rem; background: var(--paper); }
header {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.5rem 3rem; align-items: end;
  padding: 0.75rem 1.5rem; background: var(--raised); border-bottom: 1px solid var(--line);
}
h1 { margin: 0; font-size: 1.375rem; }
header p { margin: 0; font-size: 0.8125rem; color: var(--quiet); }
.token { flex: 1; min-width: min(22rem, 100%); max-width: 46rem; }
label { display: block; margin-bottom: 0.25rem; font-size: 0.875rem; font-weight: 600; }
input, textarea {
  width: 100%; padding: 0.5rem 0.625rem; background: var(--paper); color: inherit;
  border: 1px solid var(--quiet); border-radius: 0.375rem;
}
textarea { display: block; resize: vertical; line-height: 1.5; }
.columns { display: flex; gap: 2.5rem; max-width: 78rem; margin: 0 auto; padding: 1.5rem; }
nav { flex: 0 0 15rem; position: sticky; top: 7.5rem; align-self: start; max-height: calc(100vh - 8.5rem); overflow-y: auto; font-size: 0.875rem; }
nav h2 { margin: 0 0 0.25rem; font-size: 0.875rem; color: var(--quiet); }
nav ul { margin: 0 0 1rem; padding: 0; list-style: none; }
nav a { display: block; padding: 0.1875rem 0; text-decoration: none; color: inherit; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { flex: 1; min-width: 0; outline: none; }
main > section { margin-top: 2.5rem; }
section > h2 { margin: 0; font-size: 1.25rem; }
section > p { margin: 0 0 1rem; color: var(--quiet); }
details { margin-bottom: 0.625rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--raised); }
summary { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; padding: 0.625rem 0.875rem; cursor: pointer; border-radius: 0.5rem; }
summary::before { content: "▸" / ""; color: var(--quiet); }
[open] > summary::before { content: "▾" / ""; }
summary .what { margin-left: auto; color: var(--quiet); font-size: 0.9375rem; }
.method { min-width: 4rem; font-size: 0.8125rem; font-weight: 700; letter-spacing: 0.03em; }
.get { color: var(--get); }
.post { color: var(--post); }
.put, .patch { color: var(--change); }
.delete { color: var(--delete); }
.operation { padding: 0 0.875rem 0.875rem; border-top: 1px solid var(--line); }
.facts { font-size: 0.875rem; color: var(--quiet); }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: 0.875rem; }
caption { padding-bottom: 0.25rem; text-align: left; font-weight: 600; }
th, td { padding: 0.375rem 0.75rem 0.375rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
form { margin: 1rem 0; }
button {
  margin: 0.75rem 0 0; padding: 0.5rem 1.5rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--paper); background: var(--accent); border: 0; border-radius: 0.375rem;
}
button:disabled { opacity: 0.6; cursor: progress; }
.result:not(.good, .bad, .waiting) { display: none; }
.result { margin-top: 0.75rem; padding: 0.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.375rem; }
.status { margin: 0 0 0.5rem; font-weight: 700; }
.good .status { color: var(--get); }
.bad .status { color: var(--delete); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 1rem; margin: 0 0 0.75rem; font-size: 0.8125rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { max-height: 26rem; margin: 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 52rem) {
  html { scroll-padding-top: 0; }
  header { position: static; }
  .columns { display: block; padding: 1rem; }
  nav { position: static; max-height: none; }
  summary::before { content: "▸" / ""; color: var(--quiet); }
[open] > summary::before { content: "▾" / ""; }
summary .what { flex-basis: 100%; margin-left: 0; }
}
`;
