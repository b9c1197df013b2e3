import { tooManyAttempts } from "../errors.ts";
import type { AttemptLimits } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { createExpiringMap } from "../store/expiring-map.ts";
import type { SavePoint } from "../store/save-point.ts";
import type { Account } from "../users/accounts.ts";

/** The actions that an account can do only so often. */
export type LimitedAction = Exclude<keyof AttemptLimits, "wrongTriesPerCode">;

const hourMs = 3_600_000;

/** Counts the actions on an account in an hour, which begins with the first time. */
export interface HourlyLimits extends SavePoint {
  /**
   * Counts one more time, for accounts that do not exist as well.
   *
   * @throws {IdentityError} `too_many_attempts` — the hour's share is used up
   */
  take(account: Account, action: LimitedAction): Promise<void>;
  /** Takes back the last time: it was none of those that are to be few. */
  giveBack(account: Account, action: LimitedAction): void;
}

interface Hour {
  readonly taken: number;
  readonly endsAt: number;
}

/** Makes a counter. */
export function createHourlyLimits({
  clock,
  pause,
  limits,
}: Pick<MemorySettings, "clock" | "pause" | "limits">): HourlyLimits {
  const hours = createExpiringMap<Hour>(clock);

  function save(account: Account, action: LimitedAction, hour: Hour): void {
    const retention = { expiresAt: hour.endsAt, isExpendable: account.user === undefined };
    hours.set(idOf(account, action), hour, retention);
  }

  return {
    async take(account, action) {
      await pause();
      // From here on in one step: of an address, which many accounts can ask for, nobody holds the lock.
      const now = clock.now();
      const hour = hours.get(idOf(account, action)) ?? { taken: 0, endsAt: now + hourMs };
      if (hour.taken >= limits[action]) throw tooManyAttempts(hour.endsAt - now);
      save(account, action, { ...hour, taken: hour.taken + 1 });
    },
    save: hours.save,
    giveBack(account, action) {
      const hour = hours.get(idOf(account, action));
      // An hour begins with what counts: one without would end early for whoever comes next.
      if (!hour || hour.taken <= 1) hours.delete(idOf(account, action));
      else save(account, action, { ...hour, taken: hour.taken - 1 });
    },
  };
}

/** No action has a space in its name. */
function idOf(account: Account, action: LimitedAction): string {
  return `${action} ${account.key}`;
}
