/**
 * The sign-in pages as custom elements: `<portico-sign-in>`, `<portico-sign-up>`, `<portico-recover>`, `<portico-account>`.
 *
 * @module
 */
export { PorticoAccount } from "./elements/account.ts";
export { defineElements } from "./elements/define.ts";
export type { PorticoElement } from "./elements/element.ts";
export type { ElementsOptions, SolveCaptcha, Texts } from "./elements/options.ts";
export { PorticoRecover } from "./elements/recover.ts";
export { PorticoSignIn } from "./elements/sign-in.ts";
export { PorticoSignUp } from "./elements/sign-up.ts";
export { elementsStyle } from "./elements/style.ts";
export type { Labels } from "./elements/texts/en.ts";
