/** Runs tasks under one key one after the other, in the order they came; tasks under different keys side by side. */
export type KeyedLock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Makes a lock. It keeps nothing of a key that no task holds or waits for. */
export function createKeyedLock(): KeyedLock {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const result = (last.get(key) ?? Promise.resolve()).then(task);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, settled);
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return result;
  };
}
