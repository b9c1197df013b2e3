import { tooManyAttempts } from "../errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { createExpiringMap } from "../store/expiring-map.ts";
import type { SavePoint } from "../store/save-point.ts";
import type { Account } from "../users/accounts.ts";

const freeFailures = 5;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 15 * 60_000;

/**
 * Locks accounts after wrong passwords as Amazon Cognito does: from the fifth failure on for 2^(n-5) seconds, up to 15
 * minutes. Attempts during a lock are refused, right or wrong, and do not lengthen it. Fifteen minutes without a lock
 * and without an attempt, or the right password, and all is forgotten. Accounts that do not exist are locked alike.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html
 */
export interface Lockout extends SavePoint {
  /** @throws {IdentityError} `too_many_attempts` — the account is locked */
  admit(account: Account): Promise<void>;
  recordFailure(account: Account): Promise<void>;
  recordSuccess(account: Account): void;
}

interface Failures {
  readonly count: number;
  readonly lockedUntil: number;
}

/** Makes a lockout with no account locked. */
export function createLockout({ clock, pause }: Pick<MemorySettings, "clock" | "pause">): Lockout {
  const accounts = createExpiringMap<Failures>(clock);

  return {
    async admit(account) {
      const { lockedUntil } = accounts.get(account.key) ?? noFailures;
      await pause();
      const waitMs = lockedUntil - clock.now();
      if (waitMs > 0) throw tooManyAttempts(waitMs);
    },
    async recordFailure(account) {
      const count = (accounts.get(account.key) ?? noFailures).count + 1;
      await pause();
      const lockedUntil = clock.now() + lockMs(count);
      const isExpendable = account.user === undefined;
      const retention = { expiresAt: lockedUntil + forgottenAfterMs, isExpendable };
      accounts.set(account.key, { count, lockedUntil }, retention);
    },
    recordSuccess: (account) => accounts.delete(account.key),
    save: accounts.save,
  };
}

/** Locks nothing: somebody else limits guesses. */
export const noLockout: Pick<Lockout, "admit" | "recordFailure"> = {
  admit: async () => undefined,
  recordFailure: async () => undefined,
};

const noFailures: Failures = { count: 0, lockedUntil: 0 };

function lockMs(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(2 ** (failures - freeFailures) * 1000, longestLockMs);
}
