import type { Account } from "./accounts.ts";
import { tooManyAttempts } from "./errors.ts";
import { createExpiringMap } from "./expiring-map.ts";
import type { AttemptLimits, Settings } from "./options.ts";

/** What an account can do only so often. */
export type LimitedAction = Exclude<keyof AttemptLimits, "comparisonsPerCode">;

const hourMs = 3_600_000;

/** Counts what is done to an account in an hour, which begins with the first time. */
export interface HourlyLimits {
  /**
   * Counts one more time, for accounts that do not exist as well.
   *
   * @throws {IdentityError} `too_many_attempts` — the hour's share is used up
   */
  take(account: Account, action: LimitedAction): Promise<void>;
}

/** Makes a counter. */
export function createHourlyLimits({
  clock,
  pause,
  limits,
}: Pick<Settings, "clock" | "pause" | "limits">): HourlyLimits {
  const hours = createExpiringMap<{ readonly taken: number; readonly endsAt: number }>(clock);
  return {
    async take(account, action) {
      // No action has a space in its name.
      const id = `${action} ${account.key}`;
      const now = clock.now();
      const { taken, endsAt } = hours.get(id) ?? { taken: 0, endsAt: now + hourMs };
      await pause();
      if (taken >= limits[action]) throw tooManyAttempts(endsAt - now);
      const retention = { expiresAt: endsAt, isExpendable: account.user === undefined };
      hours.set(id, { taken: taken + 1, endsAt }, retention);
    },
  };
}
