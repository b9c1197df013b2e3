import type { Account } from "./accounts.ts";
import { tooManyAttempts } from "./errors.ts";
import { createExpiringMap } from "./expiring-map.ts";
import type { SavePoint } from "./save-point.ts";
import type { Settings } from "./settings.ts";

const freeFailures = 5;
const longestLockMs = 15 * 60_000;
const forgottenAfterMs = 15 * 60_000;

/**
 * Locks accounts after wrong passwords as Amazon Cognito does: from the fifth failure on for 2^(n-5) seconds, up to 15
 * minutes. Attempts during a lock are refused, right or wrong, and do not lengthen it. Fifteen minutes without any
 * attempt and without a lock, or the right password after one, and all is forgotten. Accounts that do not exist are
 * locked alike.
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
export function createLockout({ clock, pause }: Pick<Settings, "clock" | "pause">): Lockout {
  const accounts = createExpiringMap<Failures>(clock);

  function remember(account: Account, failures: Failures): void {
    accounts.set(account.key, failures, {
      expiresAt: Math.max(clock.now(), failures.lockedUntil) + forgottenAfterMs,
      isExpendable: account.user === undefined,
    });
  }

  return {
    async admit(account) {
      const failures = accounts.get(account.key);
      await pause();
      const waitMs = (failures?.lockedUntil ?? 0) - clock.now();
      if (failures === undefined || waitMs <= 0) return;
      remember(account, failures);
      throw tooManyAttempts(waitMs);
    },
    async recordFailure(account) {
      const count = (accounts.get(account.key)?.count ?? 0) + 1;
      await pause();
      remember(account, { count, lockedUntil: clock.now() + lockMs(count) });
    },
    recordSuccess: (account) => accounts.delete(account.key),
    save: accounts.save,
  };
}

function lockMs(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(2 ** (failures - freeFailures) * 1000, longestLockMs);
}
