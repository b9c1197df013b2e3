import { onTestFinished } from "vitest";
import { openAuth } from "../../../src/adapters/better-auth/database/auth.ts";
import { settingsOf } from "../../../src/adapters/better-auth/options.ts";
import { createDigest } from "../../../src/adapters/better-auth/stores/digest.ts";
import { createLimits } from "../../../src/adapters/better-auth/stores/limits.ts";
import { createLockout } from "../../../src/adapters/better-auth/stores/lockout.ts";
import { createCodes } from "../../../src/adapters/better-auth/stores/one-time-codes.ts";
import { createPendingSignIns } from "../../../src/adapters/better-auth/stores/pending-sign-ins.ts";
import { createSessionStore } from "../../../src/adapters/better-auth/stores/session-store.ts";
import { createStates } from "../../../src/adapters/better-auth/stores/states.ts";
import { createTotpStore } from "../../../src/adapters/better-auth/stores/totp-store.ts";
import { createUsers } from "../../../src/adapters/better-auth/stores/user-store.ts";
import { adjustableClock } from "../memory/support.ts";
import { secret } from "./support.ts";

/** The life of a session. */
export const refreshSeconds = 3600;

/** Makes all that counts, locks, and keeps codes and sessions, over a database in memory. */
export async function startGuards() {
  const clock = adjustableClock();
  const sendMessage = () => undefined;
  const settings = settingsOf({ databaseUrl: "file::memory:", secret, sendMessage, clock });
  const auth = await openAuth(settings);
  onTestFinished(auth.close);
  const digest = createDigest(secret);
  const openStates = createStates(auth, { clock, digest });
  const limits = createLimits(openStates, clock);
  const users = createUsers(auth, clock);
  return {
    clock,
    digest,
    users,
    rows: auth.rows,
    encrypt: auth.encrypt,
    decrypt: auth.decrypt,
    limits,
    lockout: createLockout(openStates, clock),
    codes: createCodes(openStates, { clock, digest, limits }),
    pending: createPendingSignIns(auth, { openStates, clock, digest }),
    sessions: createSessionStore(auth, { clock, digest, refreshSeconds }),
    totp: createTotpStore(auth, { openStates, clock }),
    /** Makes a user, and gives their subject. */
    async newUser(name: string): Promise<string> {
      const proven = { isEmailVerified: true, isPhoneVerified: false } as const;
      const user = { email: `${name}@example.com`, attributes: {}, ...proven };
      const made = await users.create({ ...user, status: "confirmed", passwordHash: "a hash" });
      return made.subject;
    },
  };
}
