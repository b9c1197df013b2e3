import * as base64url from "jose/base64url";
import type { Clock } from "../../../ports/index.ts";

/** The options of nonces, by which proofs hold a value of the server's (RFC 9449 section 9). */
export interface DpopNonceOptions {
  /**
   * The secret that nonces are made with, the same on all instances: at least 32 bytes of it, and as random as a key.
   */
  readonly secret: string;
  /** The time that a nonce is good for, in seconds, from 10 to 3600. @default 300 */
  readonly lifeSeconds?: number;
}

/** Makes nonces and knows them again, without keeping any. */
export interface Nonces {
  issue(): Promise<string>;
  isGood(nonce: unknown): Promise<boolean>;
}

/** The tolerance for the clock of another instance that is ahead, in seconds. */
const clockToleranceSeconds = 5;

const hmac = { name: "HMAC", hash: "SHA-256" };
const encoder = new TextEncoder();

/**
 * Makes nonces that hold the time that they were made at and a tag over it, so that any instance with the secret takes
 * them for as long as they are good.
 *
 * @throws {TypeError} for a secret that is too short, or a life out of bounds
 */
export function createNonces(
  { secret, lifeSeconds = 300 }: DpopNonceOptions,
  clock: Clock,
): Nonces {
  const bytes = encoder.encode(secret);
  if (bytes.length < 32) throw new TypeError("A secret for nonces has at least 32 bytes.");
  if (!(lifeSeconds >= 10 && lifeSeconds <= 3600)) {
    throw new TypeError("A nonce is good for 10 to 3600 seconds.");
  }
  let imported: CryptoKey | undefined;

  /** Kept when it is there, and not before: on Workers what is pending belongs to one request. */
  async function key(): Promise<CryptoKey> {
    imported ??= await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign", "verify"]);
    return imported;
  }

  return {
    async issue() {
      const issuedAt = Math.floor(clock.now() / 1000).toString(36);
      const tag = await crypto.subtle.sign("HMAC", await key(), labelled(issuedAt));
      return `${issuedAt}.${base64url.encode(new Uint8Array(tag))}`;
    },

    async isGood(nonce) {
      const [, issuedAt, tag] = (typeof nonce === "string" && pattern.exec(nonce)) || [];
      if (issuedAt === undefined || tag === undefined) return false;
      const age = clock.now() / 1000 - Number.parseInt(issuedAt, 36);
      if (age < -clockToleranceSeconds || age >= lifeSeconds) return false;
      const bytes = new Uint8Array(base64url.decode(tag));
      return crypto.subtle.verify("HMAC", await key(), bytes, labelled(issuedAt));
    },
  };
}

const pattern = /^([\da-z]{1,10})\.([\w-]{43})$/;

/** The label keeps tags apart from every other use of the secret. */
function labelled(issuedAt: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`portico dpop nonce\n${issuedAt}`);
}
