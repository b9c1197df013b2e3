import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { WorkQueue } from "../../shared/work-queue.ts";
import type { Auth } from "../database/auth.ts";
import type { User } from "../database/user-rows.ts";
import type { Account } from "./accounts.ts";
import type { Digest } from "./digest.ts";
import { markedHash, passwordFormOf, passwordInForm, readHash } from "./exact-hash.ts";
import type { Lockout } from "./lockout.ts";
import { randomToken } from "./random.ts";
import type { Users } from "./user-store.ts";

/**
 * Passwords, hashed as Better Auth does, but of the very characters that were set. Hashes from elsewhere, or from before
 * there was that rule, are verified as Better Auth would, and are made exact by the first password that fits.
 */
export interface PasswordStore {
  /**
   * Gives the hash of a password, marked with the form that was hashed.
   *
   * @throws {IdentityError} `overloaded` — there are too many passwords to hash
   */
  hash(password: string): Promise<string>;
  set(subject: string, hash: string): Promise<void>;
  /**
   * Does the work of comparing a password before it is the account's turn: others who are at work on the account, such as
   * on a refresh, wait for none of the guesses at its password. Nobody's costs the same work.
   *
   * @param subject - the user, if there is one
   * @throws {IdentityError} `overloaded` — there are too many passwords to hash
   */
  tryOut(subject: string | undefined, password: string): Promise<PasswordTrial>;
  /**
   * Gives the user of an account to whoever knows its password. An account that does not exist gets the same answers.
   *
   * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
   * @throws {IdentityError} `too_many_attempts` — locked after wrong passwords
   */
  prove(account: Account, trial: PasswordTrial): Promise<User>;
  /** Gives a text that changes with the password. */
  stampOf(subject: string): Promise<string>;
  /** Tells whether a text is the one of the password that the user has now. */
  isStampOf(subject: string, stamp: string): Promise<boolean>;
}

/** A password that was held against a hash, and what came of it: for nobody to hear before it is proven. */
export interface PasswordTrial {
  readonly password: string;
  readonly kept: string | undefined;
  readonly isRight: boolean;
}

/** Makes a way to the passwords in a database. */
export function createPasswordStore(
  { password: hashing }: Pick<Auth, "password">,
  {
    users,
    lockout,
    digest,
    queue,
  }: {
    readonly users: Users;
    readonly lockout: Lockout;
    readonly digest: Digest;
    readonly queue: WorkQueue;
  },
): PasswordStore {
  let dummyHash: Promise<string> | undefined;

  async function hashNow(password: string): Promise<string> {
    const form = passwordFormOf(password);
    return markedHash(form, await hashing.hash(passwordInForm(form, password)));
  }

  const hash = (password: string) => queue.run(() => hashNow(password));

  async function matches(password: string, kept: string | undefined): Promise<boolean> {
    // Once and for all, so that it need not wait for its turn.
    dummyHash ??= hashNow(randomToken());
    const { form, hash: known } = readHash(kept ?? (await dummyHash));
    const own = passwordFormOf(password);
    const typed = form === undefined ? password : passwordInForm(own, password);
    // The work is the same whatever comes of it.
    const isRight = await queue.run(() => hashing.verify({ hash: known, password: typed }));
    const isComparable = kept !== undefined && (form === undefined || form === own);
    // In UTF-8 a lone surrogate is the same as U+FFFD, which a password may hold.
    return isRight && isComparable && password.isWellFormed();
  }

  async function tryOut(subject: string | undefined, password: string): Promise<PasswordTrial> {
    const kept = await users.passwordHash(subject ?? "");
    return { password, kept, isRight: await matches(password, kept) };
  }

  /** Makes the hash of a password exact that was right, now or, where there is too much to do, another time. */
  async function makeExact(subject: string, password: string, kept: string): Promise<void> {
    const { form, hash: known } = readHash(kept);
    if (form !== undefined) return;
    const own = passwordFormOf(password);
    const exact = own === "plain" ? markedHash(own, known) : await hash(password).catch(unlessBusy);
    if (exact !== undefined) await users.replacePasswordHash(subject, kept, exact);
  }

  return {
    hash,
    set: users.setPasswordHash,

    tryOut,

    async prove({ key, user }, trial) {
      await lockout.admit(key, "password");
      const { password } = trial;
      const kept = await users.passwordHash(user?.subject ?? "");
      // The password may have been replaced since.
      const isRight = kept === trial.kept ? trial.isRight : await matches(password, kept);
      if (!isRight || !user || kept === undefined) throw new IdentityError("invalid_credentials");
      await lockout.forgive(key, "password");
      await makeExact(user.subject, password, kept);
      return user;
    },

    stampOf: async (subject) => digest(`password ${await users.passwordHash(subject)}`),
    async isStampOf(subject, stamp) {
      const stamps = await digest.all(`password ${await users.passwordHash(subject)}`);
      return stamps.includes(stamp);
    },
  };
}

/** Lets an account be as it is where passwords wait to be hashed. */
function unlessBusy(error: unknown): undefined {
  if (!isIdentityError(error, "overloaded")) throw error;
}
