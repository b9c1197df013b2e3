import type { Clock } from "../../../ports/index.ts";
import { tooManyAttempts } from "../errors.ts";
import type { OpenStates } from "./states.ts";

const freeFailures = 5;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 15 * 60_000;

/** The secrets that are guessed. */
export type GuessableFactor = "password" | "totp";

/**
 * Locks accounts after wrong guesses: from the fifth on for 2^(n-5) seconds, up to 15 minutes. Guesses during a lock
 * are refused, right or wrong, and do not lengthen it. Fifteen minutes without any, or a right one, and all is
 * forgotten. Accounts that do not exist are locked alike.
 */
export interface Lockout {
  /**
   * Counts a guess as wrong before anyone looks at it: guesses at once, in any number of processes, get no further
   * than guesses one after the other.
   *
   * @throws {IdentityError} `too_many_attempts` — the account is locked
   */
  admit(key: string, guessed: GuessableFactor): Promise<void>;
  /** Forgets the guesses, as the last one was right. */
  forgive(key: string, guessed: GuessableFactor): Promise<void>;
}

/** Locks nothing: somebody else limits guesses. */
export const noLockout: Lockout = {
  admit: async () => undefined,
  forgive: async () => undefined,
};

interface Failures {
  readonly count: number;
  /** In milliseconds since the epoch. */
  readonly lockedUntil: number;
}

/** Makes a lockout. */
export function createLockout(openStates: OpenStates, clock: Clock): Lockout {
  const states = {
    password: openStates<Failures>("password failures"),
    totp: openStates<Failures>("totp failures"),
  };
  return {
    async admit(key, guessed) {
      const waitMs = await states[guessed].update(key, (failures) => {
        const now = clock.now();
        const { count, lockedUntil } = failures ?? { count: 0, lockedUntil: 0 };
        if (lockedUntil > now) return { result: lockedUntil - now };
        const value = { count: count + 1, lockedUntil: now + lockMs(count + 1) };
        return { next: { value, expiresAt: value.lockedUntil + forgottenAfterMs }, result: 0 };
      });
      if (waitMs > 0) throw tooManyAttempts(waitMs);
    },
    async forgive(key, guessed) {
      await states[guessed].take(key);
    },
  };
}

function lockMs(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(2 ** (failures - freeFailures) * 1000, longestLockMs);
}
