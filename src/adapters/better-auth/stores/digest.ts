import * as base64url from "jose/base64url";
import { hmacSha256 } from "../../shared/digest.ts";
import { type Secrets, secretsOf } from "../../shared/secrets.ts";

/** Turns a text into one that tells nothing of it, and that nobody without a secret can make. */
export interface Digest {
  /** Gives the digest under the newest secret. */
  (text: string): Promise<string>;
  /** Gives the digest under each secret, the newest first: what was kept under any of them is known again. */
  all(text: string): Promise<readonly string[]>;
}

/** Makes a digest under secrets: HMAC-SHA-256, base64url. */
export function createDigest(secrets: Secrets): Digest {
  const encoder = new TextEncoder();
  const known = secretsOf(secrets);
  const [newest = ""] = known;
  // For this use alone: Better Auth signs with the bare secret.
  const under = async (secret: string, text: string) =>
    base64url.encode(await hmacSha256(`portico ${secret}`, encoder.encode(text)));
  return Object.assign((text: string) => under(newest, text), {
    all: (text: string) => Promise.all(known.map((secret) => under(secret, text))),
  });
}
