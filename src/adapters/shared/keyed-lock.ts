/** Runs tasks under one key one after the other, in the order they came; tasks under different keys side by side. */
export type KeyedLock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Makes a lock. It keeps nothing of a key that no task holds or waits for. */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const result = (tails.get(key) ?? Promise.resolve()).then(task);
    // The end of a task is its caller's to hear of, and no reason to hold up the next one.
    const tail = result.catch(() => undefined);
    tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
