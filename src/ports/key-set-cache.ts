/**
 * Keeps key sets for several instances of a service, so that not each of them fetches its own. A convenience: what
 * it loses is fetched again, and when it throws, the key set goes on without it.
 */
export interface KeySetCache {
  /**
   * Gives the document that was put last under an address, or nothing. It may be old: it says itself when it was
   * fetched.
   */
  get(uri: string): Promise<string | undefined>;

  /**
   * Keeps a document under an address.
   *
   * @param maxAgeSeconds - how long it is of any use: it may be gone earlier, and may be given later
   */
  put(uri: string, document: string, maxAgeSeconds: number): Promise<void>;
}
