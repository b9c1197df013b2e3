/** Values by an issuer and an id of its own. */
export interface EntriesByIssuer<Value> {
  get(issuer: string, id: string): Value | undefined;
  /** Keeps a value. Gives the one that is lost for that, where there is no more room. */
  set(issuer: string, id: string, value: Value): Value | undefined;
  deleteWhere(condition: (value: Value) => boolean): void;
  size(): number;
  all(): Iterable<readonly [issuer: string, id: string, value: Value]>;
}

/**
 * Makes a map that is found in by two steps, so that no text has to be made of issuer and id, neither to look up, as is
 * done for each token, nor to keep. Where there is no more room, an issuer loses what it has had for longest to what it
 * adds, or another does if that is all it has.
 */
export function createEntriesByIssuer<Value>(maxEntries: number): EntriesByIssuer<Value> {
  const issuers = new Map<string, Map<string, Value>>();
  let size = 0;

  function removeFirst(entries: Map<string, Value>): Value | undefined {
    for (const [id, value] of entries) {
      entries.delete(id);
      size -= 1;
      return value;
    }
    return undefined;
  }

  /** An issuer that has nothing left may come again, and there are few. */
  function makeRoom(added: Map<string, Value>): Value | undefined {
    if (added.size > 1) return removeFirst(added);
    for (const entries of issuers.values())
      if (entries !== added && entries.size > 0) return removeFirst(entries);
    return removeFirst(added);
  }

  return {
    get: (issuer, id) => issuers.get(issuer)?.get(id),

    set(issuer, id, value) {
      const entries = issuers.get(issuer) ?? new Map<string, Value>();
      if (entries.size === 0) issuers.set(issuer, entries);
      if (!entries.has(id)) size += 1;
      entries.set(id, value);
      return size > maxEntries ? makeRoom(entries) : undefined;
    },

    deleteWhere(condition) {
      for (const [issuer, entries] of issuers) {
        for (const [id, value] of entries) if (condition(value) && entries.delete(id)) size -= 1;
        if (entries.size === 0) issuers.delete(issuer);
      }
    },

    size: () => size,

    *all() {
      for (const [issuer, entries] of issuers)
        for (const [id, value] of entries) yield [issuer, id, value];
    },
  };
}
