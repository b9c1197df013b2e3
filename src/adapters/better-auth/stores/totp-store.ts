import type { TotpSecret } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import { base32, timeStepsOf } from "../../shared/totp.ts";
import type { Auth } from "../database/auth.ts";
import { randomToken } from "./random.ts";
import type { OpenStates } from "./states.ts";

const enrolmentMs = 24 * 3600_000;
/** No code is good for longer than the step before and the step after. */
const replayMs = 5 * 60_000;

/** Authenticator apps, in Better Auth's table and under its encryption. */
export interface TotpStore {
  /** Makes a secret that counts for nothing until it was confirmed. */
  start(subject: string): Promise<TotpSecret>;
  /**
   * Puts the secret that was made last to use.
   *
   * @throws {IdentityError} `code_mismatch` — not a code of it, or none was made
   */
  confirm(subject: string, code: string): Promise<void>;
  /** Whether there is a secret in use. */
  has(subject: string): Promise<boolean>;
  /**
   * Takes a code of the secret in use, once.
   *
   * @throws {IdentityError} `code_mismatch` — not a code of it, or one that was used before
   */
  use(subject: string, code: string): Promise<void>;
  /** Forgets the secret in use, and the one that was not confirmed yet. */
  forget(subject: string): Promise<void>;
}

/** Makes a way to the authenticator apps in a database. */
export function createTotpStore(
  { rows, encrypt, decrypt }: Pick<Auth, "rows" | "encrypt" | "decrypt">,
  { openStates, clock }: { readonly openStates: OpenStates; readonly clock: Clock },
): TotpStore {
  const enrolments = openStates<string>("totp enrolment");
  const lastSteps = openStates<number>("totp step");
  const model = "twoFactor";
  const encoder = new TextEncoder();

  async function find(subject: string): Promise<string | undefined> {
    const where = [{ field: "userId", value: subject }];
    const row = await rows.findOne<{ secret: string }>({ model, where });
    return row?.secret;
  }

  async function removeFrom(subject: string): Promise<void> {
    await rows.deleteMany({ model, where: [{ field: "userId", value: subject }] });
  }

  /** Takes a code of a secret, of a step after the last one that was used. */
  async function take(encrypted: string, code: string): Promise<void> {
    const secret = await decrypt(encrypted);
    const steps = await timeStepsOf(code, encoder.encode(secret), clock.now());
    // By the secret itself, of which the state shows nothing: it may be encrypted anew meanwhile.
    const isFresh = await lastSteps.update(secret, (last = 0) => {
      const step = steps.find((candidate) => candidate > last);
      if (step === undefined) return { result: false };
      return { next: { value: step, expiresAt: clock.now() + replayMs }, result: true };
    });
    if (!isFresh) throw new IdentityError("code_mismatch");
  }

  return {
    async start(subject) {
      // Better Auth's secrets are text, and the key is its bytes.
      const secret = randomToken().slice(0, 32);
      const next = { value: await encrypt(secret), expiresAt: clock.now() + enrolmentMs };
      await enrolments.update(subject, () => ({ next, result: undefined }));
      return { secret: base32(encoder.encode(secret)) };
    },

    async confirm(subject, code) {
      const secret = await enrolments.read(subject);
      if (secret === undefined) throw new IdentityError("code_mismatch");
      await take(secret, code);
      await removeFrom(subject);
      // Its own codes for whoever lost the app are none that only we keep, and can be read: see the recovery codes.
      const backupCodes = await encrypt("[]");
      await rows.create({ model, data: { userId: subject, secret, backupCodes, verified: true } });
      await enrolments.take(subject);
    },

    has: async (subject) => (await find(subject)) !== undefined,

    async use(subject, code) {
      const secret = await find(subject);
      if (secret === undefined) throw new IdentityError("code_mismatch");
      await take(secret, code);
    },

    async forget(subject) {
      await removeFrom(subject);
      await enrolments.take(subject);
    },
  };
}
