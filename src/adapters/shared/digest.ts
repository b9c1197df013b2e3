import * as base64url from "jose/base64url";
import { nodeCrypto } from "./node-crypto.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Gives the HMAC-SHA256 of a message under a secret, with no other thread where there is {@link nodeCrypto}. */
export async function hmacSha256(secret: string, message: Bytes): Promise<Bytes> {
  const now = nodeCrypto()?.createHmac("sha256", secret);
  if (now) return now.update(message).digest();
  return new Uint8Array(await crypto.subtle.sign("HMAC", await importSecret(secret), message));
}

/** Gives the SHA-256 digest of a message, likewise. */
export async function sha256(message: Bytes): Promise<Bytes> {
  const now = nodeCrypto()?.createHash("sha256");
  if (now) return now.update(message).digest();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", message));
}

/** The SHA-256 digest of a text in UTF-8, in base64url. */
export async function sha256Text(text: string): Promise<string> {
  return base64url.encode(await sha256(new TextEncoder().encode(text)));
}

/** A process acts for one client as a rule, and importing costs about as much as the hash itself. */
let latest: { readonly secret: string; readonly key: CryptoKey } | undefined;

/** Makes a secret a key for HMAC-SHA256. */
export async function importSecret(secret: string): Promise<CryptoKey> {
  if (latest?.secret === secret) return latest.key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const material = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", material, algorithm, false, ["sign", "verify"]);
  latest = { secret, key };
  return key;
}

/** Gives a name in place of another, which tells nothing of that without the secret: 128 bits of HMAC, in hexadecimal. */
export async function keyedName(secret: string, name: string): Promise<string> {
  const digest = await hmacSha256(secret, new TextEncoder().encode(name));
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
