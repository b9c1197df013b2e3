import type { Clock } from "../../../ports/index.ts";
import { tooManyAttempts } from "../errors.ts";
import type { OpenStates } from "./states.ts";

/** How often a thing may be done for one account within an hour of the first time. */
const perHour = {
  confirmation_resend: 5,
  password_reset: 10,
  attribute_verification: 5,
  sign_in_code: 10,
};

/** Counts what may be done only so often, whether there is such an account or not. */
export interface Limits {
  /** @throws {IdentityError} `too_many_attempts` — it was done too often */
  take(key: string, action: keyof typeof perHour): Promise<void>;
}

/** Makes counters. */
export function createLimits(openStates: OpenStates, clock: Clock): Limits {
  const states = openStates<{ readonly count: number; readonly until: number }>("limit");
  return {
    async take(key, action) {
      const waitMs = await states.update(`${action} ${key}`, (current) => {
        const now = clock.now();
        const { count, until } = current ?? { count: 0, until: now + 3600_000 };
        if (count >= perHour[action]) return { result: until - now };
        return { next: { value: { count: count + 1, until }, expiresAt: until }, result: 0 };
      });
      if (waitMs > 0) throw tooManyAttempts(waitMs);
    },
  };
}
