import * as base64url from "jose/base64url";
import type { Seal } from "../../ports/index.ts";
import { createKeyring, type SealKey } from "./seal-keys.ts";

/** The options of {@link createJweSeal}. */
export interface JweSealOptions {
  /** Each of at least 32 characters that nobody can guess, the newest first: it seals, and all of them open. */
  readonly secrets: readonly string[];
}

/** A seal whose secrets are replaced by newer ones from time to time. */
export interface JweSeal extends Seal {
  /** Tells whether a text was sealed with the newest secret, as far as its header says: whether it opens is not looked at. */
  isNewest(purpose: string, sealed: string): Promise<boolean>;
}

/** The initialization vector and the tag of AES-GCM, in bytes: RFC 7518 section 5.3. */
const [ivLength, tagLength] = [12, 16];

/**
 * Makes a seal of JSON Web Encryption in its compact form: `dir` with A256GCM, under a key for each purpose, which the header
 * names by `kid`. WebCrypto does the work; of the format no more is written and read than this one form of it, as a library
 * for all of it takes a tenth of what a Worker may.
 *
 * @throws {TypeError} for no secret, or one that is too short
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1 the compact form
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-4.5 direct use of a shared key
 */
export function createJweSeal({ secrets }: JweSealOptions): JweSeal {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 32)) {
    throw new TypeError("A seal takes secrets of at least 32 characters.");
  }
  const keysFor = createKeyring(secrets);
  return {
    async seal(purpose, text) {
      const [newest] = await keysFor(purpose);
      if (!newest) throw new TypeError("A seal has no key.");
      return encrypt(text, newest);
    },
    open: async (purpose, sealed) => decrypt(sealed, await keysFor(purpose)),
    async isNewest(purpose, sealed) {
      const [newest] = await keysFor(purpose);
      return newest !== undefined && sealed.startsWith(`${newest.header}.`);
    },
  };
}

async function encrypt(text: string, { header, key }: SealKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength));
  const algorithm = { name: "AES-GCM", iv, additionalData: bytesOf(header) };
  const encrypted = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, bytesOf(text)));
  const parts = [iv, encrypted.slice(0, -tagLength), encrypted.slice(-tagLength)];
  // The second part would be the encrypted key, and `dir` has none.
  return [header, "", ...parts.map((part) => base64url.encode(part))].join(".");
}

/** Gives nothing for a text that does not open: somebody else made it, or an older secret did. */
async function decrypt(sealed: string, keys: readonly SealKey[]): Promise<string | undefined> {
  const [header = "", encryptedKey, iv = "", encrypted = "", tag = "", ...more] = sealed.split(".");
  // A header is ours to the letter or it is not ours: nothing in it is ever read.
  const named = keys.find((key) => key.header === header);
  if (!named || encryptedKey !== "" || more.length > 0) return undefined;
  try {
    const [vector, text, end] = [iv, encrypted, tag].map(decode);
    if (vector?.length !== ivLength || !text || end?.length !== tagLength) return undefined;
    const algorithm = {
      name: "AES-GCM",
      iv: new Uint8Array(vector),
      additionalData: bytesOf(header),
    };
    const whole = new Uint8Array([...text, ...end]);
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, named.key, whole));
  } catch {
    return undefined;
  }
}

/** Gives nothing for another spelling than ours, of which there are endless: what is opened is known by its text. */
function decode(part: string): Uint8Array | undefined {
  const bytes = base64url.decode(part);
  return base64url.encode(bytes) === part ? bytes : undefined;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
