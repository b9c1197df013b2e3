import { isSame } from "../../shared/constant-time.ts";
import type { RandomBytes } from "../../shared/random.ts";
import type { WorkQueue } from "../../shared/work-queue.ts";

const saltBytes = 16;
const keyBytes = 32;

/** A password that cannot be read back. */
export interface PasswordHash {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly key: Uint8Array;
  /** The salt and verifier of Secure Remote Password (RFC 5054 section 2.5.3), from a hasher that makes them. */
  readonly srp?: { readonly salt: Uint8Array; readonly verifier: bigint };
}

/**
 * Hashes passwords with PBKDF2 (RFC 8018 section 5.2), the one slow hash that WebCrypto has. Each method throws
 * `overloaded` where there are too many to hash, whoever's they are.
 */
export interface PasswordHasher {
  /** @param username - whose password it is, for a hash that depends on that */
  hash(password: string, username: string): Promise<PasswordHash>;
  /** Tells whether a password is the one that was hashed. Takes as long where there is no hash to compare with. */
  matches(password: string, hash: PasswordHash | undefined): Promise<boolean>;
}

/** The source of salts, the rounds of PBKDF2, and the line that hashes wait in. */
export interface HashTerms {
  readonly hashQueue: WorkQueue;
  readonly randomBytes: RandomBytes;
  readonly hashIterations: number;
}

/** Makes a hasher. */
export function createPasswordHasher({
  randomBytes,
  hashIterations: iterations,
  hashQueue: queue,
}: HashTerms): PasswordHasher {
  const dummyHash: PasswordHash = {
    salt: new Uint8Array(saltBytes),
    iterations,
    key: new Uint8Array(keyBytes),
  };
  const derive = (...input: Parameters<typeof deriveKey>) => queue.run(() => deriveKey(...input));
  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return { salt, iterations, key: await derive(password, salt, iterations) };
    },
    async matches(password, hash) {
      const { salt, iterations, key } = hash ?? dummyHash;
      const isRight = isSame(await derive(password, salt, iterations), key);
      // In UTF-8 a lone surrogate is the same as U+FFFD, which a password may hold.
      return isRight && hash !== undefined && password.isWellFormed();
    },
  };
}

async function deriveKey(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password);
  const secret = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-512", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, secret, keyBytes * 8));
}
