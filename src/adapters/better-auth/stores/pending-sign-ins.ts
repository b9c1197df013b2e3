import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import { randomToken } from "./random.ts";
import type { OpenStates } from "./states.ts";

const lifeMs = 3 * 60_000;

/** A sign-in that has not ended. */
export interface PendingSignIn {
  readonly type: "totp" | "new_password" | "email_code" | "select_factor";
  /** The name that it was begun with. */
  readonly username: string;
  /** The key of the account that the name led to: should it lead to another one meanwhile, nothing comes of it. */
  readonly key: string;
  /** Of the password that it was begun with, if any: once that is replaced, nothing comes of the sign-in. */
  readonly passwordStamp?: string;
}

/** Sign-ins that wait for an answer. */
export interface PendingSignIns {
  /** Keeps a sign-in, and gives the session that it goes on with. */
  open(pending: PendingSignIn): Promise<string>;
  /** @throws {IdentityError} `challenge_expired` — there is none of that session and kind */
  get(session: string, type: string): Promise<PendingSignIn>;
  /**
   * Makes a session worthless, once.
   *
   * @throws {IdentityError} `challenge_expired` — it was so already
   */
  spend(session: string): Promise<void>;
}

/** Makes a store of sign-ins. */
export function createPendingSignIns(openStates: OpenStates, clock: Clock): PendingSignIns {
  const states = openStates<PendingSignIn>("sign-in");
  return {
    async open(value) {
      const session = randomToken();
      const next = { value, expiresAt: clock.now() + lifeMs };
      await states.update(session, () => ({ next, result: undefined }));
      return session;
    },
    async get(session, type) {
      const pending = await states.read(session);
      if (pending?.type !== type) throw new IdentityError("challenge_expired");
      return pending;
    },
    async spend(session) {
      if (!(await states.take(session))) throw new IdentityError("challenge_expired");
    },
  };
}
