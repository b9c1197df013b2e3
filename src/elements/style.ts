/**
 * The style of the elements. It is in a layer of its own, so that any rule of an application's goes before it, whatever its
 * selector; each colour and size is a custom property that can be set on any element around. Colours keep a contrast of at
 * least 4.5 to 1, the edges of fields 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const elementsStyle = `@layer portico {
portico-sign-in, portico-sign-up, portico-recover, portico-account { display: block; container-type: inline-size; }
.portico {
  --_accent: var(--portico-accent, light-dark(#3d4bd8, #a3adff));
  --_on-accent: var(--portico-on-accent, light-dark(#ffffff, #11142b));
  --_ink: var(--portico-ink, light-dark(#171a26, #eceef6));
  --_quiet: var(--portico-quiet, light-dark(#586073, #a6aec2));
  --_paper: var(--portico-paper, light-dark(#ffffff, #191c27));
  --_field: var(--portico-field, light-dark(#ffffff, #12141d));
  --_edge: var(--portico-edge, light-dark(#858ca0, #6d758c));
  --_line: var(--portico-line, light-dark(#e3e6ee, #2c3040));
  --_danger: var(--portico-danger, light-dark(#b3261e, #ffa199));
  --_on-danger: var(--portico-on-danger, light-dark(#ffffff, #2b0b08));
  --_good: var(--portico-good, light-dark(#0d6b45, #6fd8a8));
  --_radius: var(--portico-radius, 0.625rem);
  --_tint: color-mix(in oklab, var(--_accent) 9%, var(--_paper));
  color: var(--_ink);
  font: 1rem/1.5 var(--portico-font, system-ui, sans-serif);
  text-align: start;
  -webkit-text-size-adjust: 100%;
  overflow-wrap: anywhere;
}
.portico *, .portico *::before, .portico *::after { box-sizing: border-box; }
.portico [hidden] { display: none !important; }
.portico :focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.portico [tabindex="-1"]:focus-visible { outline: none; }
.portico-hidden, .portico-live {
  position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0; border: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.portico-title {
  margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.015em; text-wrap: balance;
}
.portico-text { margin: 0; color: var(--_quiet); font-size: 0.9375rem; text-wrap: pretty; }
.portico-form, .portico-screen { display: grid; gap: 1.25rem; margin: 0; }
.portico-title + .portico-text { margin-block-start: -0.75rem; }
.portico-field { display: grid; gap: 0.375rem; min-inline-size: 0; }
.portico-label { font-size: 0.875rem; font-weight: 550; line-height: 1.35; }
.portico-note { color: var(--_quiet); font-weight: 400; }
.portico-hint { margin: 0; color: var(--_quiet); font-size: 0.8125rem; line-height: 1.45; }
.portico-control { position: relative; display: grid; }
.portico-input {
  inline-size: 100%; min-inline-size: 0; block-size: 2.875rem; margin: 0; padding: 0 0.875rem;
  font: inherit; color: inherit; background: var(--_field);
  border: 1px solid var(--_edge); border-radius: var(--_radius); transition: border-color 120ms, box-shadow 120ms;
}
.portico-input:hover { border-color: var(--_ink); }
.portico-input:focus-visible {
  outline: 2px solid var(--_accent); outline-offset: -1px; border-color: transparent;
  box-shadow: 0 0 0 4px color-mix(in oklab, var(--_accent) 18%, transparent);
}
.portico-input[data-invalid] { border-color: var(--_danger); box-shadow: inset 0 0 0 1px var(--_danger); }
.portico-input[data-invalid]:focus-visible { outline-color: var(--_danger); box-shadow: 0 0 0 4px color-mix(in oklab, var(--_danger) 16%, transparent); }
.portico-input:read-only { color: var(--_quiet); background: color-mix(in oklab, var(--_line) 40%, var(--_field)); }
.portico-input--code { font: 600 1.375rem/1 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; letter-spacing: 0.3em; text-align: center; font-variant-numeric: tabular-nums; }
.portico-input[dir="ltr"]:not(.portico-input--code):dir(ltr) { text-align: match-parent; }
.portico-control:has(.portico-reveal) .portico-input { padding-inline-end: 3rem; }
.portico-reveal {
  position: absolute; inset-block: 0.25rem; inset-inline-end: 0.25rem; inline-size: 2.375rem; display: grid; place-items: center;
  padding: 0; color: var(--_quiet); background: none; border: 0; border-radius: calc(var(--_radius) - 0.1875rem); cursor: pointer;
}
.portico-reveal:hover { color: var(--_ink); background: color-mix(in oklab, var(--_ink) 7%, transparent); }
.portico-icon { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.portico-error { display: flex; gap: 0.375rem; margin: 0; color: var(--_danger); font-size: 0.8125rem; font-weight: 500; line-height: 1.45; }
.portico-error .portico-icon { margin-block-start: 0.0625rem; }
.portico-alert, .portico-notice {
  display: flex; gap: 0.625rem; margin: 0; padding: 0.75rem 0.875rem; border-radius: var(--_radius); font-size: 0.875rem; line-height: 1.45;
}
.portico-alert { color: var(--_danger); background: color-mix(in oklab, var(--_danger) 8%, var(--_paper)); border: 1px solid color-mix(in oklab, var(--_danger) 35%, var(--_paper)); }
.portico-notice { color: var(--_ink); background: var(--_tint); border: 1px solid color-mix(in oklab, var(--_accent) 28%, var(--_paper)); }
.portico-alert > :last-child { min-inline-size: 0; }
.portico-actions { display: flex; flex-wrap: wrap; gap: 0.625rem; }
.portico-actions > * { flex: 1 1 auto; }
.portico-button {
  position: relative; display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem;
  min-block-size: 2.875rem; padding: 0.5rem 1.125rem; font: inherit; font-size: 0.9375rem; font-weight: 600; line-height: 1.25; text-align: center;
  text-decoration: none; color: var(--_ink); background: var(--_paper); border: 1px solid color-mix(in oklab, var(--_edge) 60%, var(--_paper)); border-radius: var(--_radius);
  cursor: pointer; transition: background-color 120ms, border-color 120ms, color 120ms;
}
.portico-button:hover { background: color-mix(in oklab, var(--_ink) 5%, var(--_paper)); border-color: var(--_edge); }
.portico-button:active { background: color-mix(in oklab, var(--_ink) 10%, var(--_paper)); }
.portico-button--primary { color: var(--_on-accent); background: var(--_accent); border-color: transparent; }
.portico-button--primary:hover { background: color-mix(in oklab, var(--_accent) 86%, var(--_ink)); border-color: transparent; }
.portico-button--primary:active { background: color-mix(in oklab, var(--_accent) 74%, var(--_ink)); }
.portico-button--danger { color: var(--_on-danger); background: var(--_danger); border-color: transparent; }
.portico-button--danger:hover { background: color-mix(in oklab, var(--_danger) 86%, var(--_ink)); border-color: transparent; }
.portico-button--danger:active { background: color-mix(in oklab, var(--_danger) 74%, var(--_ink)); }
.portico-button--small { min-block-size: 2.25rem; padding: 0.25rem 0.75rem; font-size: 0.875rem; }
.portico-button--link {
  min-block-size: 0; padding: 0; font-size: 0.875rem; font-weight: 550; color: var(--_accent); background: none; border: 0; border-radius: 0.25rem;
  text-decoration: underline; text-decoration-color: color-mix(in oklab, var(--_accent) 40%, transparent); text-underline-offset: 0.2em;
}
.portico-button--link:hover, .portico-button--link:active { background: none; text-decoration-color: currentColor; }
.portico-button[aria-disabled="true"]:not([data-busy]) { opacity: 0.55; cursor: not-allowed; }
.portico-button[data-busy] { cursor: progress; }
.portico-button[data-busy] > .portico-icon { display: none; }
.portico-button[data-busy]::before, .portico-loading::before {
  content: ""; inline-size: 1em; block-size: 1em; flex: none; border: 2px solid currentColor; border-inline-end-color: transparent;
  border-radius: 50%; animation: portico-turn 700ms linear infinite;
}
@keyframes portico-turn { to { rotate: 1turn; } }
.portico-link { color: var(--_accent); font-weight: 550; text-decoration-line: underline; text-decoration-color: color-mix(in oklab, var(--_accent) 40%, transparent); text-underline-offset: 0.2em; border-radius: 0.25rem; }
.portico-link:hover { text-decoration-color: currentColor; }
.portico-foot { display: flex; flex-wrap: wrap; gap: 0.375rem 0.5rem; justify-content: center; margin: 0; color: var(--_quiet); font-size: 0.875rem; }
.portico-foot--split { justify-content: space-between; align-items: center; }
.portico-divider { display: flex; align-items: center; gap: 0.875rem; margin: 0; color: var(--_quiet); font-size: 0.8125rem; }
.portico-divider::before, .portico-divider::after { content: ""; flex: 1; block-size: 1px; background: var(--_line); }
.portico-stack { display: grid; gap: 0.625rem; }
.portico-check { display: flex; gap: 0.625rem; align-items: center; font-size: 0.875rem; cursor: pointer; }
.portico-checkbox { inline-size: 1.125rem; block-size: 1.125rem; flex: none; margin: 0; accent-color: var(--_accent); cursor: pointer; }
.portico-rules { display: grid; gap: 0.125rem 1rem; margin: 0.125rem 0 0; padding: 0; list-style: none; color: var(--_quiet); font-size: 0.8125rem; }
.portico-rules li { display: flex; gap: 0.4375rem; align-items: center; line-height: 1.5; }
.portico-rules .portico-icon { inline-size: 1rem; block-size: 1rem; stroke-width: 2.25; }
.portico-rules [data-met] { color: var(--_good); }
.portico-rules li:not([data-met]) .portico-icon { display: none; }
.portico-rules li:not([data-met])::before { content: ""; inline-size: 0.5rem; block-size: 0.5rem; flex: none; margin-inline: 0.25rem; border: 1.5px solid; border-radius: 50%; opacity: 0.7; }
.portico-field:has([data-invalid]) .portico-rules li:not([data-met]) { color: var(--_danger); }
.portico-who { display: flex; flex-wrap: wrap; gap: 0.25rem 0.625rem; align-items: baseline; justify-content: center; margin: 0; color: var(--_quiet); font-size: 0.875rem; }
.portico-choices { display: grid; gap: 0.625rem; margin: 0; padding: 0; list-style: none; }
.portico-choice {
  display: flex; gap: 0.875rem; align-items: center; inline-size: 100%; padding: 0.8125rem 1rem; font: inherit; color: inherit; text-align: start;
  background: var(--_paper); border: 1px solid color-mix(in oklab, var(--_edge) 60%, var(--_paper)); border-radius: var(--_radius); cursor: pointer; transition: background-color 120ms, border-color 120ms;
}
.portico-choice > .portico-icon { inline-size: 1.5rem; block-size: 1.5rem; color: var(--_accent); }
.portico-choice > span { display: grid; min-inline-size: 0; }
.portico-choice:hover { border-color: var(--_accent); background: var(--_tint); }
.portico-choice[aria-disabled="true"] { opacity: 0.6; cursor: progress; }
.portico-choice-label { font-size: 0.9375rem; font-weight: 600; }
.portico-loading { display: flex; gap: 0.75rem; align-items: center; justify-content: center; min-block-size: 8rem; margin: 0; color: var(--_quiet); font-size: 0.9375rem; }
.portico-qr { inline-size: 12rem; max-inline-size: 100%; block-size: auto; aspect-ratio: 1; justify-self: center; padding: 0.75rem; background: #ffffff; border: 1px solid var(--_line); border-radius: calc(var(--_radius) * 1.4); }
.portico-secret { margin: 0; font-size: 0.875rem; color: var(--_quiet); }
.portico-secret code, .portico-codes { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.portico-secret code { display: block; margin-block-start: 0.25rem; padding: 0.5rem 0.75rem; color: var(--_ink); font-size: 0.875rem; letter-spacing: 0.04em; background: color-mix(in oklab, var(--_line) 45%, var(--_paper)); border-radius: calc(var(--_radius) * 0.8); user-select: all; }
.portico-codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 0.375rem 1rem; margin: 0; padding: 1rem; list-style: none; font-size: 0.9375rem; background: color-mix(in oklab, var(--_line) 45%, var(--_paper)); border-radius: var(--_radius); }
.portico-account { display: grid; }
.portico-account-head { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: center; justify-content: space-between; padding-block-end: 1.5rem; }
.portico-account-head .portico-text { margin: 0.125rem 0 0; }
.portico-section { display: grid; gap: 1rem; padding-block: 1.75rem; border-block-start: 1px solid var(--_line); }
.portico-section:last-child { padding-block-end: 0; }
.portico-section .portico-form { max-inline-size: 26rem; }
.portico-qr-link { justify-self: center; border-radius: var(--_radius); line-height: 0; }
.portico-section .portico-qr-link { justify-self: start; }
.portico-section-title { margin: 0 0 0.25rem; font-size: 1.0625rem; line-height: 1.35; font-weight: 650; letter-spacing: -0.005em; }
.portico-section-body { display: grid; gap: 1rem; min-inline-size: 0; align-content: start; }
.portico-list { display: grid; margin: 0; padding: 0; list-style: none; }
.portico-item { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; padding-block: 0.75rem; border-block-end: 1px solid var(--_line); }
.portico-item:first-child { padding-block-start: 0; }
.portico-item:last-child { padding-block-end: 0; border: 0; }
.portico-item--value .portico-item-label { color: var(--_quiet); font-size: 0.8125rem; font-weight: 400; }
.portico-item--value .portico-hint { color: var(--_ink); font-size: 0.9375rem; }
.portico-item > .portico-alert { flex: 1 0 100%; }
.portico-item-text { display: grid; flex: 1 1 12rem; min-inline-size: 0; font-size: 0.9375rem; }
.portico-item-label { font-weight: 550; }
.portico-item-actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.portico-badge { display: inline-block; margin-inline-start: 0.5rem; padding: 0.0625rem 0.5rem; font-size: 0.75rem; font-weight: 600; line-height: 1.5; color: var(--_quiet); background: color-mix(in oklab, var(--_line) 60%, var(--_paper)); border-radius: 1rem; vertical-align: 0.0625rem; }
.portico-section--deletion .portico-button--secondary:not(.portico-form *) { color: var(--_danger); }
.portico-badge--good { color: var(--_good); background: color-mix(in oklab, var(--_good) 11%, var(--_paper)); }
.portico-dialog { inline-size: min(27rem, calc(100vi - 2rem)); max-block-size: calc(100dvb - 2rem); padding: 2rem; color: var(--_ink); background: var(--_paper); border: 1px solid var(--_line); border-radius: calc(var(--_radius) * 1.8); box-shadow: 0 1.5rem 4rem rgb(10 12 30 / 0.28); }
.portico-dialog::backdrop { background: rgb(13 15 28 / 0.5); }
@container (inline-size > 40rem) {
  .portico-section { grid-template-columns: minmax(0, 13rem) minmax(0, 1fr); column-gap: 2.5rem; }
  .portico-section .portico-actions > * { flex: 0 0 auto; }
}
@media (prefers-reduced-motion: reduce) {
  .portico *, .portico *::before { transition: none !important; }
  .portico-button[data-busy]::before, .portico-loading::before { animation-duration: 4s; }
}
@media (forced-colors: active) {
  .portico-input[data-invalid] { border-width: 2px; }
}
}
`;
