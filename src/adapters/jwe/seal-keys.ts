import * as base64url from "jose/base64url";
import { sha256 } from "../shared/digest.ts";

/** A key of one purpose. */
export interface SealKey {
  /** The protected header of all that it seals, encoded. */
  readonly header: string;
  readonly key: CryptoKey;
}

/** Makes a function that derives the keys of a purpose, each from a secret, once. */
export function createKeyring(
  secrets: readonly string[],
): (purpose: string) => Promise<readonly SealKey[]> {
  const made = new Map<string, Promise<readonly SealKey[]>>();
  return (purpose) => {
    const there = made.get(purpose);
    if (there) return there;
    const keys = Promise.all(secrets.map((secret) => deriveKey(secret, purpose)));
    made.set(purpose, keys);
    return keys;
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc5869 HKDF */
async function deriveKey(secret: string, purpose: string): Promise<SealKey> {
  const encoder = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, [
    "deriveBits",
  ]);
  const terms = {
    name: "HKDF",
    hash: "SHA-256",
    salt: encoder.encode("portico"),
    info: encoder.encode(purpose),
  };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(terms, material, 256));
  const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
  // The id is made of the key and not of the secret, so that it says nothing that others could try secrets against more easily.
  const id = base64url.encode(await sha256(bits)).slice(0, 11);
  const header = JSON.stringify({ alg: "dir", enc: "A256GCM", kid: id });
  return { header: base64url.encode(header), key };
}
