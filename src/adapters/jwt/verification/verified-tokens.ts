import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { KnownIssuer } from "../issuers/known-issuers.ts";
import type { VerificationKey } from "../keys/verification-keys.ts";
import { createDoorkeeper } from "./doorkeeper.ts";
import type { ValidTime } from "./token-times.ts";

/** A token that was found good, and all that it depends on. */
export interface VerifiedToken {
  readonly token: string;
  readonly tail: number;
  readonly principal: AnyPrincipal;
  readonly issuer: KnownIssuer;
  readonly key: VerificationKey;
  readonly validTime: ValidTime;
}

/** The bounds of what is kept of tokens that were found good. */
export interface TokenCacheOptions {
  /** At least 2. @default 10000 */
  readonly maxEntries?: number;
  /** Estimated, in bytes. @default 33554432 */
  readonly maxBytes?: number;
}

/** The tokens that were found good. Each is found by its {@link tailOf}. */
export interface VerifiedTokens {
  get(token: string, tail: number): VerifiedToken | undefined;
  /** Takes note of a token at first, and keeps it when it comes again. */
  keep(verified: VerifiedToken): void;
  delete(tail: number): void;
}

/** The size of an entry besides the token's text and as much again for what was read from it, in bytes. */
const entryBytes = 512;

/** Characters at the end of a token that it is found by: signatures are as good as random, and these are 44 bits of one. */
const tailLength = 8;

/**
 * Gives a number of 32 bits for the end of a token (FNV-1a). Whoever finds a token by it compares the whole token.
 *
 * Text from its end would do as well, but would have to be cut out and hashed for the map: that takes a fifth of the time
 * of a token that is kept.
 */
export function tailOf(token: string): number {
  let tail = 0x811c9dc5;
  for (let at = token.length - tailLength; at < token.length; at += 1) {
    tail = Math.imul(tail ^ token.charCodeAt(at), 0x01000193);
  }
  return tail;
}

/** Keeps nothing. */
export const noTokenCache: VerifiedTokens = {
  get: () => undefined,
  keep: () => undefined,
  delete: () => undefined,
};

/**
 * Makes a cache of verified tokens.
 *
 * Tokens are found by the end of their signature and then compared as a whole. A fresh string has no hash yet, and
 * hashing a thousand characters takes longer than comparing them: a map of whole tokens is three times as slow. Only
 * good tokens are kept and each has one spelling only, so nobody can fill the cache with what costs nothing to make.
 *
 * A token is kept when it comes for the second time, see {@link createDoorkeeper}. What is kept stays within `maxEntries`
 * tokens and `maxBytes`, by estimate, whichever comes first; besides there are 128 KiB of notes, whatever the bounds.
 *
 * There are two generations. What is asked for moves into the younger one; when that has half of what may be kept, the
 * older one is dropped as a whole. That is as good as keeping count of every use, and costs nothing on the way.
 *
 * @throws {TypeError} for bounds that leave no room
 */
export function createVerifiedTokens(options: TokenCacheOptions = {}): VerifiedTokens {
  const { maxEntries = 10_000, maxBytes = 32 * 1024 * 1024 } = options;
  if (!(maxEntries >= 2 && maxBytes > 0)) throw new TypeError("A cache's bounds leave no room.");
  const isNoted = createDoorkeeper();
  let younger = new Map<number, VerifiedToken>();
  let older = new Map<number, VerifiedToken>();
  let bytes = 0;

  function add(verified: VerifiedToken): void {
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
      add(earlier);
      return earlier;
    },
    keep(verified) {
      if (isNoted(verified.tail)) add(verified);
    },
    delete(tail) {
      younger.delete(tail);
      older.delete(tail);
    },
  };
}
