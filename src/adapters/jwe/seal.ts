import * as base64url from "jose/base64url";
import { compactDecrypt } from "jose/jwe/compact/decrypt";
import { CompactEncrypt } from "jose/jwe/compact/encrypt";
import type { Clock, Seal } from "../../ports/index.ts";
import { type BoundedMap, createBoundedMap } from "../shared/bounded-map.ts";
import { sha256Text } from "../shared/digest.ts";

/** The options of {@link createJweSeal}. */
export interface JweSealOptions {
  /** Each of at least 32 characters that nobody can guess, the newest first: it seals, and all of them open. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  /** The most texts that are kept open. @default 5000 */
  readonly maxOpened?: number;
}

/** Opening takes a hundred times as long as to find what was opened before. */
const keptOpenMs = 3_600_000;

const algorithms = { alg: "dir", enc: "A256GCM" } as const;

interface SealKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/**
 * Makes a seal of JSON Web Encryption: `dir` with A256GCM, under a key for each purpose that is derived from the secret
 * (HKDF with SHA-256, RFC 5869), which the header names by `kid`.
 *
 * @throws {TypeError} for no secret, or one that is too short
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1 the compact form
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-4.5 direct use of a shared key
 */
export function createJweSeal({ secrets, clock, maxOpened = 5_000 }: JweSealOptions): Seal {
  if (secrets.length === 0 || secrets.some((secret) => secret.length < 32)) {
    throw new TypeError("A seal takes secrets of at least 32 characters.");
  }
  const keysFor = createKeyring(secrets);
  const opened = new Map<string, BoundedMap<string, string>>();

  function openedFor(purpose: string): BoundedMap<string, string> {
    const there = opened.get(purpose);
    if (there) return there;
    const made = createBoundedMap<string, string>({
      maxEntries: maxOpened,
      maxAgeMs: keptOpenMs,
      clock,
    });
    opened.set(purpose, made);
    return made;
  }

  return {
    async seal(purpose, text) {
      const [newest] = await keysFor(purpose);
      if (!newest) throw new TypeError("A seal has no key.");
      return new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ ...algorithms, kid: newest.id })
        .encrypt(newest.key);
    },
    open(purpose, sealed) {
      const kept = openedFor(purpose);
      return kept.get(sealed) ?? openNew(sealed, keysFor(purpose), kept);
    },
  };
}

async function openNew(
  sealed: string,
  keys: Promise<readonly SealKey[]>,
  kept: BoundedMap<string, string>,
): Promise<string | undefined> {
  const text = await decrypt(sealed, await keys);
  if (text !== undefined) kept.set(sealed, text);
  return text;
}

/** Gives nothing for a text that does not open: somebody else made it, or an older secret did. */
async function decrypt(sealed: string, keys: readonly SealKey[]): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(
      sealed,
      ({ kid }) => {
        const key = keys.find(({ id }) => id === kid);
        if (!key) throw new TypeError("There is no such key.");
        return key.key;
      },
      { keyManagementAlgorithms: [algorithms.alg], contentEncryptionAlgorithms: [algorithms.enc] },
    );
    return new TextDecoder().decode(plaintext);
  } catch {
    return undefined;
  }
}

/** Makes a function that derives the keys of a purpose, once. */
function createKeyring(secrets: readonly string[]) {
  const made = new Map<string, Promise<readonly SealKey[]>>();
  return (purpose: string): Promise<readonly SealKey[]> => {
    const there = made.get(purpose);
    if (there) return there;
    const keys = Promise.all(secrets.map((secret) => deriveKey(secret, purpose)));
    made.set(purpose, keys);
    return keys;
  };
}

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
  const key = new Uint8Array(await crypto.subtle.deriveBits(terms, material, 256));
  // The id is made of the key and not of the secret, so that it says nothing that others could try secrets against more easily.
  const id = (await sha256Text(base64url.encode(key))).slice(0, 11);
  return { id, key };
}
