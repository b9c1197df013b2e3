/** Lets one thing happen at a time. */
export type Alone = <T>(act: () => Promise<T>) => Promise<T>;

/** Lets one thing happen after the other, of those that this client does. */
export function createQueue(): Alone {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const next = last.then(act);
    last = next.catch(() => undefined);
    return next;
  };
}
