import * as base64url from "jose/base64url";

/** Turns a text into one that tells nothing of it, and that nobody without the secret can make. */
export type Digest = (text: string) => Promise<string>;

/** Makes a digest under a secret: HMAC-SHA-256, base64url. */
export function createDigest(secret: string): Digest {
  const encoder = new TextEncoder();
  let imported: Promise<CryptoKey> | undefined;
  return async (text) => {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    // For this use alone: Better Auth signs with the bare secret.
    const bytes = encoder.encode(`portico ${secret}`);
    imported ??= crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
    const mac = await crypto.subtle.sign("HMAC", await imported, encoder.encode(text));
    return base64url.encode(new Uint8Array(mac));
  };
}
