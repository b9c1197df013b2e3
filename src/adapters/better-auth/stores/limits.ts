import type { Clock } from "../../../ports/index.ts";
import { tooManyAttempts } from "../errors.ts";
import type { OpenStates } from "./states.ts";

const hourMs = 3600_000;

/** The number of times that a thing may be done within an hour of the first. */
const perHour = {
  confirmation_resend: 5,
  password_reset: 10,
  attribute_verification: 5,
  sign_in_code: 10,
  /** Messages to one address that was not proven, whichever accounts ask for them. */
  unproven_address: 5,
  "guess sign_up_confirmation": 15,
  "guess password_reset": 20,
  "guess attribute_verification": 15,
  "guess sign_in_code": 20,
};

/** The actions that are counted. */
export type LimitedAction = keyof typeof perHour;

/**
 * Counts what may be done only so often to one account, or to one address, whether there is such an account or not. No
 * count ends before its hour: not with a new code either.
 */
export interface Limits {
  /**
   * Counts one more time, before it is done: times at once, in any number of processes, are no more than times one after
   * the other.
   *
   * @throws {IdentityError} `too_many_attempts` — it was done too often
   */
  take(key: string, action: LimitedAction): Promise<void>;
  /** Takes back the last time: it was none of those that are to be few. */
  giveBack(key: string, action: LimitedAction): Promise<void>;
}

/** Makes counters. */
export function createLimits(openStates: OpenStates, clock: Clock): Limits {
  const states = openStates<{ readonly count: number; readonly until: number }>("limit");
  return {
    async take(key, action) {
      const waitMs = await states.update(`${action} ${key}`, (current) => {
        const now = clock.now();
        const { count, until } = current ?? { count: 0, until: now + hourMs };
        if (count >= perHour[action]) return { result: until - now };
        return { next: { value: { count: count + 1, until }, expiresAt: until }, result: 0 };
      });
      if (waitMs > 0) throw tooManyAttempts(waitMs);
    },

    async giveBack(key, action) {
      await states.update(`${action} ${key}`, (current) => ({
        next: current && {
          value: { ...current, count: current.count - 1 },
          // An hour begins with what counts: one without would end early for whoever comes next.
          expiresAt: current.count > 1 ? current.until : clock.now(),
        },
        result: undefined,
      }));
    },
  };
}
