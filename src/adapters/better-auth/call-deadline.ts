import { IdentityError } from "../../domain/errors.ts";

/** After so many seconds trying again makes sense. */
const retryAfterSeconds = 1;

/**
 * Waits for what a call does, but not for ever: the database may have stopped without a word. What has begun goes on, so
 * whether it was done cannot be told.
 *
 * @param start - starts the work. It can ask whether the caller has given up, before it begins with what need not be done then
 * @throws {IdentityError} `provider_timeout` — it took too long
 */
export async function withinCallTime<T>(
  timeoutMs: number,
  start: (isOver: () => boolean) => Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(callTimedOut());
    }, timeoutMs);
  });
  try {
    return await Promise.race([start(() => isOver), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Says that a call took too long. */
export function callTimedOut(): IdentityError {
  return new IdentityError("provider_timeout", { retryAfterSeconds });
}
