import type { Clock } from "../../ports/index.ts";

/** A map that forgets: what is old, and beyond its bound what was not asked for longest. */
export interface BoundedMap<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

export function createBoundedMap<Key, Value>(options: {
  readonly maxEntries: number;
  readonly maxAgeMs: number;
  readonly clock: Clock;
}): BoundedMap<Key, Value> {
  const { maxEntries, maxAgeMs, clock } = options;
  // Maps keep the order of insertion, so the first entry is the one that was not asked for longest.
  const entries = new Map<Key, { readonly value: Value; readonly at: number }>();

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry || Math.abs(clock.now() - entry.at) >= maxAgeMs) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, at: clock.now() });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) return;
        entries.delete(oldest);
      }
    },
  };
}
