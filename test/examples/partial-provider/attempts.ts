import { IdentityError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/index.ts";

const freeAttempts = 5;
const lockMs = 900_000;

/** Locks a user name for a while after five wrong passwords, whether or not there is such a user. */
export function createAttempts(clock: Clock) {
  const names = new Map<string, { readonly count: number; readonly until: number }>();
  return {
    /** Counts an attempt before it is known to be wrong, so that those that come at once count as well. */
    admit(name: string): void {
      const { count, until } = names.get(name) ?? { count: 0, until: 0 };
      const waitSeconds = Math.ceil((until - clock.now()) / 1000);
      if (waitSeconds > 0 && count >= freeAttempts)
        throw new IdentityError("too_many_attempts", { retryAfterSeconds: waitSeconds });
      names.set(name, { count: waitSeconds > 0 ? count + 1 : 1, until: clock.now() + lockMs });
    },
    forgive: (name: string) => names.delete(name),
  };
}
