import { onTestFinished } from "vitest";
import { openAuth } from "../../../src/adapters/better-auth/database/auth.ts";
import { settingsOf } from "../../../src/adapters/better-auth/options.ts";
import { createDigest } from "../../../src/adapters/better-auth/stores/digest.ts";
import { createLimits } from "../../../src/adapters/better-auth/stores/limits.ts";
import { createLockout } from "../../../src/adapters/better-auth/stores/lockout.ts";
import { createCodes } from "../../../src/adapters/better-auth/stores/one-time-codes.ts";
import { createPendingSignIns } from "../../../src/adapters/better-auth/stores/pending-sign-ins.ts";
import { createStates } from "../../../src/adapters/better-auth/stores/states.ts";
import { adjustableClock } from "../memory/support.ts";
import { secret } from "./support.ts";

/** Makes all that counts, locks and keeps codes, over a database in memory. */
export async function startGuards() {
  const clock = adjustableClock();
  const sendMessage = () => undefined;
  const settings = settingsOf({ databaseUrl: "file::memory:", secret, sendMessage, clock });
  const auth = await openAuth(settings);
  onTestFinished(auth.close);
  const digest = createDigest(secret);
  const openStates = createStates(auth, { clock, digest });
  const limits = createLimits(openStates, clock);
  return {
    clock,
    rows: auth.rows,
    encrypt: auth.encrypt,
    limits,
    lockout: createLockout(openStates, clock),
    codes: createCodes(openStates, { clock, digest, limits }),
    pending: createPendingSignIns(auth, { openStates, clock, digest }),
  };
}
