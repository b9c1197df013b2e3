/**
 * Goes on with a value as soon as it is there: at once, and without a promise, where nothing has to be waited for, as a
 * promise is felt where all the rest takes microseconds.
 */
export function promptly<T, R>(
  value: T | Promise<T>,
  goOn: (value: T) => R | Promise<R>,
): R | Promise<R> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
