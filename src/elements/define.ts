import { PorticoAccount } from "./account.ts";
import type { ElementsOptions } from "./options.ts";
import { PorticoRecover } from "./recover.ts";
import { configure } from "./settings.ts";
import { PorticoSignIn } from "./sign-in.ts";
import { PorticoSignUp } from "./sign-up.ts";
import { elementsStyle } from "./style.ts";

const elements = {
  "portico-sign-in": PorticoSignIn,
  "portico-sign-up": PorticoSignUp,
  "portico-recover": PorticoRecover,
  "portico-account": PorticoAccount,
} as const;

/**
 * Defines the elements, and puts their style on the page, in the layer `portico`, so that any rule of the page's own goes
 * before it. Once it was called, a call sets other options for elements that are put into the document from then on.
 *
 * @example
 * ```ts
 * defineElements({ client: createClient({ url: "https://id.example.com" }) });
 * ```
 */
export function defineElements(options: ElementsOptions = {}): void {
  configure(options);
  const { style = true } = options;
  if (customElements.get("portico-sign-in")) return;
  if (style) putStyle();
  for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

/** As a sheet that is made here, which a policy of the page's need not allow as it would a style in the markup. */
function putStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(elementsStyle);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

declare global {
  interface HTMLElementTagNameMap {
    "portico-sign-in": PorticoSignIn;
    "portico-sign-up": PorticoSignUp;
    "portico-recover": PorticoRecover;
    "portico-account": PorticoAccount;
  }
}
