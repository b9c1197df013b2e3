import type { Clock, SharedWork } from "../../../ports/index.ts";

interface Entry {
  readonly generation: number;
  readonly until: number;
  readonly claim?: string;
  readonly outcome?: string;
}

/** The most pieces of work that are kept: those that are over first go first beyond it. */
const maxKept = 10_000;

/** Makes a place where work is shared within this process: for tests, and for a single instance. */
export function createMemorySharedWork(clock: Clock = Date): SharedWork {
  const entries = new Map<string, Entry>();

  function living(key: string): Entry | undefined {
    const entry = entries.get(key);
    return entry && entry.until > clock.now() ? entry : undefined;
  }

  function put(key: string, entry: Omit<Entry, "until">, seconds: number): void {
    entries.delete(key);
    entries.set(key, { ...entry, until: clock.now() + seconds * 1000 });
    for (const [oldest, { until }] of entries) {
      if (entries.size <= maxKept && until > clock.now()) return;
      entries.delete(oldest);
    }
  }

  return {
    // No wait between the look and the change, so that no other call comes in between.
    async claim(key, generation, seconds) {
      const there = living(key);
      if (there?.claim !== undefined) return { state: "under_way" };
      if (there?.outcome !== undefined && there.generation >= generation) {
        return { state: "done", outcome: there.outcome };
      }
      const claim = crypto.randomUUID();
      put(key, { generation, claim }, seconds);
      const before = there?.outcome;
      return { state: "claimed", key, claim, ...(before !== undefined && { before }) };
    },

    async settle({ key, claim }, { text, generation, seconds }) {
      if (living(key)?.claim !== claim) return false;
      put(key, { generation, outcome: text }, seconds);
      return true;
    },

    async release({ key, claim }) {
      if (living(key)?.claim === claim) entries.delete(key);
    },
  };
}
