import type { Principal } from "../../../domain/principal.ts";
import type { KnownIssuer } from "../issuers/known-issuers.ts";
import type { SigningKey } from "../keys/signing-keys.ts";
import type { ValidTime } from "./token-times.ts";

/** A token that was found good, and all that it depends on. */
export interface VerifiedToken {
  readonly token: string;
  readonly tail: string;
  readonly principal: Principal;
  readonly issuer: KnownIssuer;
  readonly key: SigningKey;
  readonly validTime: ValidTime;
}

/** How much is kept of tokens that were found good. */
export interface TokenCacheOptions {
  /** At least 2. @default 10000 */
  readonly maxEntries?: number;
  /** Estimated, in bytes. @default 33554432 */
  readonly maxBytes?: number;
}

/** The tokens that were found good, and those whose signatures are being checked. Each is found by its {@link tailOf}. */
export interface VerifiedTokens {
  get(token: string, tail: string): VerifiedToken | undefined;
  keep(verified: VerifiedToken): void;
  delete(tail: string): void;
  /** Checks a signature once for all who ask at one time. Each of them says when it is done with it. */
  share(check: SignatureCheck): Promise<boolean>;
  done(tail: string): void;
}

/** A signature to be checked. */
export interface SignatureCheck {
  readonly token: string;
  readonly tail: string;
  readonly key: SigningKey;
  readonly run: () => Promise<boolean>;
}

/** Characters at the end of a token that it is found by: signatures are as good as random, and 96 bits of one will do. */
const tailLength = 16;

/** What an entry takes besides the token's text and as much again for what was read from it, in bytes. */
const entryBytes = 512;

/** Gives the end of a token, for all who look the token up: a string is hashed once, and a slice of it anew each time. */
export function tailOf(token: string): string {
  return token.slice(-tailLength);
}

/** Keeps nothing and shares nothing. */
export const noTokens: VerifiedTokens = {
  get: () => undefined,
  keep: () => undefined,
  delete: () => undefined,
  share: ({ run }) => run(),
  done: () => undefined,
};

/**
 * Makes a cache of verified tokens.
 *
 * Tokens are found by the end of their signature and then compared as a whole. A fresh string has no hash yet, and
 * hashing a thousand characters takes longer than comparing them: a map of whole tokens is three times as slow. Only
 * good tokens are kept and each has one spelling only, so nobody can fill the cache with what costs nothing to make.
 *
 * There are two generations. What is asked for moves into the younger one; when that has half of what may be kept, the
 * older one is dropped as a whole. That is as good as keeping count of every use, and costs nothing on the way.
 *
 * @throws {TypeError} for bounds that leave no room
 */
export function createVerifiedTokens(options: TokenCacheOptions = {}): VerifiedTokens {
  const { maxEntries = 10_000, maxBytes = 32 * 1024 * 1024 } = options;
  if (!(maxEntries >= 2 && maxBytes > 0)) throw new TypeError("A cache's bounds leave no room.");
  const underWay = new Map<string, SignatureCheck & { readonly work: Promise<boolean> }>();
  let younger = new Map<string, VerifiedToken>();
  let older = new Map<string, VerifiedToken>();
  let bytes = 0;

  function keep(verified: VerifiedToken): void {
    const size = entryBytes + 2 * verified.token.length;
    if (size > maxBytes / 2) return;
    if (younger.size + 1 > maxEntries / 2 || bytes + size > maxBytes / 2) {
      older = younger;
      younger = new Map();
      bytes = 0;
    }
    younger.set(verified.tail, verified);
    bytes += size;
  }

  return {
    get(token, tail) {
      const recent = younger.get(tail);
      if (recent?.token === token) return recent;
      const earlier = older.get(tail);
      if (earlier?.token !== token) return undefined;
      keep(earlier);
      return earlier;
    },
    keep,
    delete(tail) {
      younger.delete(tail);
      older.delete(tail);
    },
    share(check) {
      const { token, tail, key, run } = check;
      const other = underWay.get(tail);
      if (other?.token === token && other.key === key) return other.work;
      const work = run();
      underWay.set(tail, { ...check, work });
      return work;
    },
    done: (tail) => void underWay.delete(tail),
  };
}
