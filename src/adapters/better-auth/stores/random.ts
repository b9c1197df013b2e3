import * as base64url from "jose/base64url";

/** Makes a code of six digits, each as likely as any other. */
export function randomCode(): string {
  const limit = 4_294_000_000;
  for (;;) {
    const [number = limit] = crypto.getRandomValues(new Uint32Array(1));
    if (number < limit) return String(number % 1_000_000).padStart(6, "0");
  }
}

/** Makes a text that nobody can guess. */
export function randomToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}
