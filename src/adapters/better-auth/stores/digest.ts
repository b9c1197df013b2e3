import * as base64url from "jose/base64url";
import { hmacSha256 } from "../../shared/digest.ts";

/** Turns a text into one that tells nothing of it, and that nobody without the secret can make. */
export type Digest = (text: string) => Promise<string>;

/** Makes a digest under a secret: HMAC-SHA-256, base64url. */
export function createDigest(secret: string): Digest {
  const encoder = new TextEncoder();
  // For this use alone: Better Auth signs with the bare secret.
  return async (text) =>
    base64url.encode(await hmacSha256(`portico ${secret}`, encoder.encode(text)));
}
