import type { AnyPrincipal } from "../../../domain/principal.ts";
import { createTokenCacheCounts, type TokenCacheCounts } from "../../shared/token-cache-counts.ts";
import { countUse, createUseRing, type RingEntry } from "../../shared/use-ring.ts";
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
  /** Told what is kept and what is found, for a metric: two verifiers must not share them. @default nobody is told */
  readonly counts?: TokenCacheCounts;
}

/** The tokens that were found good. Each is found by its {@link tailOf}. */
export interface VerifiedTokens {
  get(token: string, tail: number): VerifiedToken | undefined;
  /** Takes note of a token at first, and keeps it when it comes again, if there is room or others make some. */
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

/** A verified token that is kept, with its size in bytes. */
interface KeptToken extends VerifiedToken, RingEntry {
  readonly size: number;
}

/** Tokens that notes are taken for, whatever the bounds: in 8 KiB at least, and in 8 MiB at most. */
const leastNotes = 2 ** 10;
const mostNotes = 2 ** 20;

/**
 * Makes a cache of verified tokens.
 *
 * Tokens are found by the end of their signature and then compared as a whole. A fresh string has no hash yet, and
 * hashing a thousand characters takes longer than comparing them: a map of whole tokens is three times as slow. Only
 * good tokens are kept and each has one spelling only, so nobody can fill the cache with what costs nothing to make.
 *
 * A token is kept when it comes for the second time, see {@link createDoorkeeper}. What is kept stays within `maxEntries`
 * tokens and `maxBytes`, by estimate, whichever comes first; besides there are the doorkeeper's notes. Which of them go is
 * told by {@link createUseRing}.
 *
 * Compared with others, at a bound of 4,000: of 400,000 tokens by Zipf's law, 0.639 are found where 0.658 could be (SIEVE
 * 0.643, W-TinyLFU 0.627, LRU 0.558). Where each of them is replaced after 80,000 requests, as tokens are that expire, it is
 * 0.542 (0.529, 0.505, 0.550); and where a tenth more tokens than the bound come in turns, 0.845 (0.083, 0.901, 0). Counting
 * every use in a sketch, as W-TinyLFU does, would besides cost time of each token that is kept. `test/bench/scale` has
 * the figures of the default bound.
 *
 * @throws {TypeError} for bounds that leave no room
 */
export function createVerifiedTokens(options: TokenCacheOptions = {}): VerifiedTokens {
  const { maxEntries = 10_000, maxBytes = 32 * 1024 * 1024 } = options;
  if (!(maxEntries >= 2 && maxBytes > 0)) throw new TypeError("A cache's bounds leave no room.");
  const most = Math.ceil(Math.min(maxEntries, maxBytes / entryBytes, mostNotes));
  const isNoted = createDoorkeeper(Math.max(most, leastNotes));
  const ring = createUseRing<KeptToken>();
  const kept = new Map<number, KeptToken>();
  const { counts = createTokenCacheCounts() } = options;
  let bytes = 0;

  function forget(token: KeptToken): void {
    kept.delete(token.tail);
    bytes -= token.size;
    counts.entries = kept.size;
  }

  function remove(tail: number): void {
    const token = kept.get(tail);
    if (!token) return;
    ring.remove(token);
    forget(token);
  }

  return {
    get(token, tail) {
      const found = kept.get(tail);
      if (found?.token !== token) {
        counts.misses += 1;
        return undefined;
      }
      counts.hits += 1;
      countUse(found);
      return found;
    },
    keep(verified) {
      const size = entryBytes + 2 * verified.token.length;
      if (size > maxBytes || !isNoted(verified.tail)) return;
      remove(verified.tail);
      const hasRoom = () => kept.size + 1 <= maxEntries && bytes + size <= maxBytes;
      if (!ring.makeRoom(hasRoom, forget)) return;
      const token = { ...verified, size, uses: 0, place: 0 };
      kept.set(verified.tail, token);
      ring.add(token);
      bytes += size;
      counts.entries = kept.size;
    },
    delete: remove,
  };
}
