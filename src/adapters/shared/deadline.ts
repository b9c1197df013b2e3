/**
 * Waits for work, but not beyond a deadline: not even where the runtime gave the work up and it never settles.
 *
 * @throws {Error} the work's own, or that it did not come in time
 */
export async function withinDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("It did not come in time.")), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
