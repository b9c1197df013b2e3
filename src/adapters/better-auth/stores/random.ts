import * as base64url from "jose/base64url";
import { randomCode as codeFrom, type RandomBytes } from "../../shared/random.ts";

/** Gives bytes that nobody can foresee. */
export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

/** Makes a code of six digits, each as likely as any other. */
export function randomCode(): string {
  return codeFrom(randomBytes);
}

/** Makes a text that nobody can guess. */
export function randomToken(): string {
  return base64url.encode(randomBytes(32));
}
