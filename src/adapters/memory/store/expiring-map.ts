import type { Clock } from "../../../ports/index.ts";
import type { SavePoint } from "./save-point.ts";

/** The terms on which an entry is kept. */
export interface Retention {
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Whether it goes early, oldest first, when there are too many such entries. */
  readonly isExpendable?: boolean;
}

/** A map whose entries are gone when their time is over. */
export interface ExpiringMap<Value> extends SavePoint {
  get(key: string): Value | undefined;
  set(key: string, value: Value, retention: Retention): void;
  delete(key: string): void;
  /** The number of entries that take up memory: those that expired but were not swept yet count. */
  readonly size: number;
}

/**
 * Most expendable entries in one map. Anyone can think up names that nobody has, and what is remembered of those must
 * not fill the memory.
 */
export const maxExpendableEntries = 10_000;

const sweepIntervalMs = 60_000;

interface Entry<Value> extends Retention {
  readonly value: Value;
}

/**
 * Makes an empty map. Expired entries are swept at most once a minute, when something is added.
 *
 * @param onExpired - is given each entry that is swept
 */
export function createExpiringMap<Value>(
  clock: Clock,
  onExpired: (value: Value) => void = () => undefined,
): ExpiringMap<Value> {
  let entries = new Map<string, Entry<Value>>();
  let expendableKeys = new Set<string>();
  let sweptAt = clock.now();

  function remove(key: string): void {
    entries.delete(key);
    expendableKeys.delete(key);
  }

  function sweep(): void {
    const now = clock.now();
    if (Math.abs(now - sweptAt) < sweepIntervalMs) return;
    sweptAt = now;
    for (const [key, { expiresAt, value }] of entries) {
      if (now < expiresAt) continue;
      remove(key);
      onExpired(value);
    }
  }

  function evict(): void {
    const [oldest] = expendableKeys;
    if (oldest !== undefined && expendableKeys.size > maxExpendableEntries) remove(oldest);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      return entry && clock.now() < entry.expiresAt ? entry.value : undefined;
    },
    set(key, value, retention) {
      remove(key);
      entries.set(key, { ...retention, value });
      if (retention.isExpendable) expendableKeys.add(key);
      sweep();
      evict();
    },
    delete: remove,
    get size() {
      return entries.size;
    },
    save() {
      const saved = { entries: new Map(entries), expendableKeys: new Set(expendableKeys) };
      return () => {
        entries = new Map(saved.entries);
        expendableKeys = new Set(saved.expendableKeys);
      };
    },
  };
}
