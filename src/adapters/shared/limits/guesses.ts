import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import { createBoundedMap } from "../bounded-map.ts";

/** Does work that tries out a password, unless its name had too many wrong ones. */
export type WhileGuessesLast = <T>(name: string, work: () => Promise<T>) => Promise<T>;

const freeGuesses = 5;
const lockMs = 900_000;
const mostNames = 100_000;

/**
 * Makes a lock of names: after five wrong passwords for fifteen minutes, whether or not there is such a user, and in this
 * process alone. A guess is counted before it is known to be wrong, so that those that come at once count as well.
 *
 * @throws {IdentityError} `too_many_attempts` — from what it makes: the name is locked
 */
export function createGuesses(clock: Clock): WhileGuessesLast {
  const names = createBoundedMap<string, { count: number; readonly until: number }>({
    maxEntries: mostNames,
    maxAgeMs: lockMs,
    clock,
  });

  return async (name, work) => {
    const now = clock.now();
    const known = names.get(name);
    const guesses = known && known.until > now ? known : { count: 0, until: now + lockMs };
    if (guesses.count >= freeGuesses) {
      const retryAfterSeconds = Math.ceil((guesses.until - now) / 1000);
      throw new IdentityError("too_many_attempts", { retryAfterSeconds });
    }
    guesses.count += 1;
    names.set(name, guesses);
    try {
      const result = await work();
      guesses.count = 0;
      return result;
    } catch (error) {
      if (!isIdentityError(error, "invalid_credentials")) guesses.count -= 1;
      throw error;
    }
  };
}
