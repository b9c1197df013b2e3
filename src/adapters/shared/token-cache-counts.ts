/** The counts of a cache of verified tokens, which whoever made them reads. */
export interface TokenCacheCounts {
  /** The tokens that are kept. */
  entries: number;
  /** The times that a token was found there. */
  hits: number;
  /** The times that one was not, or that there was none by that text. */
  misses: number;
}

/** Makes counts of nothing yet. */
export function createTokenCacheCounts(): TokenCacheCounts {
  return { entries: 0, hits: 0, misses: 0 };
}
