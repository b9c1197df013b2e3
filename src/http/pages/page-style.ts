/** The style of what is around an element on a page. */
export const pageStyle = `
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#f3f4f9, #0f1118); font: 1rem/1.5 system-ui, sans-serif; }
.portico-page {
  --page-paper: light-dark(#ffffff, #191c27);
  box-sizing: border-box; display: grid; align-content: center; justify-items: center; gap: 1.25rem;
  min-block-size: 100dvb; padding: 2rem 1rem;
  background: radial-gradient(60rem 30rem at 50% -8rem, light-dark(#e2e5fb, #20243f), transparent);
}
.portico-page > :is(.portico, portico-sign-in, portico-sign-up, portico-recover, portico-account) {
  box-sizing: border-box; inline-size: 100%; max-inline-size: 27rem; padding: 2.5rem;
  background: var(--page-paper); border: 1px solid light-dark(#e3e6ee, #2c3040); border-radius: 1.125rem;
  box-shadow: 0 1px 2px rgb(18 22 48 / 0.05), 0 1rem 2.5rem -0.75rem rgb(18 22 48 / 0.13);
}
.portico-page > .portico { display: grid; gap: 1.25rem; }
.portico-page--account:has(.portico-account) { align-content: start; padding-block: 3rem; }
.portico-page.portico-page--account > portico-account:has(.portico-account) { max-inline-size: 54rem; }
.outbox {
  box-sizing: border-box; inline-size: 100%; max-inline-size: 27rem; padding: 1rem 1.25rem; font-size: 0.875rem;
  color: light-dark(#454c5e, #b4bbcd); border: 1px dashed light-dark(#8a90a3, #6d758c); border-radius: 1.125rem;
}
.portico-page--account > .outbox { max-inline-size: 54rem; }
.outbox h2 { margin: 0; font-size: 0.875rem; font-weight: 650; color: light-dark(#171a26, #eceef6); }
.outbox p { margin: 0.125rem 0 0; }
.outbox ul { display: grid; gap: 0.5rem; margin: 0.75rem 0 0; padding: 0; list-style: none; }
.outbox li { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; justify-content: space-between; }
.outbox li > span { overflow-wrap: anywhere; min-inline-size: 0; }
.outbox button {
  padding: 0.3125rem 0.75rem; font: 600 0.9375rem/1.4 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.06em;
  color: light-dark(#171a26, #eceef6); background: var(--page-paper); border: 1px solid light-dark(#858ca0, #6d758c); border-radius: 0.5rem; cursor: pointer;
}
.outbox button:hover { border-color: light-dark(#3d4bd8, #a3adff); }
.outbox button:focus-visible { outline: 2px solid light-dark(#3d4bd8, #a3adff); outline-offset: 2px; }
@media (max-width: 30rem) {
  body { background: light-dark(#ffffff, #191c27); }
  .portico-page { align-content: start; padding: 0; background: none; gap: 0; }
  .portico-page > :is(.portico, portico-sign-in, portico-sign-up, portico-recover, portico-account) {
    padding: 2rem 1.25rem; border: 0; border-radius: 0; box-shadow: none;
  }
  .outbox { inline-size: calc(100% - 2.5rem); margin-block-end: 2rem; }
}
@media (forced-colors: active) {
  .portico-page > * { border-color: CanvasText; }
}
`;
