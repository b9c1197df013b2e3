import { isTrustworthyUrl } from "../adapters/shared/secure-url.ts";
import { secretList } from "../adapters/shared/settings.ts";

/** Makes the schema of a secret that only this service and its operator know, or of several. */
export function ownSecrets() {
  return secretList(/^[\w.-]{32,256}$/, "must be 32 to 256 letters, digits, - . _");
}

/** An origin whose pages nobody on the way can change. Browsers take every name below `localhost` for this machine. */
export function isPageOrigin(text: string): boolean {
  if (!isOrigin(text)) return false;
  const url = new URL(text);
  return isTrustworthyUrl(url) || (url.protocol === "http:" && /\.localhost$/.test(url.hostname));
}

/** An address that metadata and challenges can name: RFC 9728 section 1.2. */
export function isOwnAddress(text: string): boolean {
  return isOrigin(text) && isTrustworthyUrl(new URL(text));
}

/** A name that authenticator apps can show: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function isTotpIssuer(text: string): boolean {
  return /^[^:\p{C}]{1,64}$/u.test(text);
}

/** A scope: RFC 6749 section 3.3. */
export function isScope(text: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
