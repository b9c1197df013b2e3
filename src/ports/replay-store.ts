/** Remembers what may be used once. */
export interface ReplayStore {
  /**
   * Adds an id, and tells whether it was new. Of concurrent calls with one id, on all instances that share the store,
   * exactly one is told so; a store that has no room for more refuses rather than to forget.
   *
   * @param id - 43 characters of base64url
   * @param until - when it may be forgotten, in seconds since the epoch
   * @throws {IdentityError} `provider_unavailable` — that cannot be told now, or there is no room
   */
  add(id: string, until: number): Promise<boolean>;
}
