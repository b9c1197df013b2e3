import { IdentityError } from "../../../domain/errors.ts";
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
  /** Gives the hash of a password, marked with the form that was hashed. */
  hash(password: string): Promise<string>;
  set(subject: string, hash: string): Promise<void>;
  /**
   * Gives the user of an account to whoever knows its password. An account that does not exist costs the same work and
   * gets the same answers.
   *
   * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
   * @throws {IdentityError} `too_many_attempts` — locked after wrong passwords
   */
  prove(account: Account, password: string): Promise<User>;
  /** Gives a text that changes with the password. */
  stampOf(subject: string): Promise<string>;
}

/** Makes a way to the passwords in a database. */
export function createPasswordStore(
  { password: hashing }: Pick<Auth, "password">,
  {
    users,
    lockout,
    digest,
  }: { readonly users: Users; readonly lockout: Lockout; readonly digest: Digest },
): PasswordStore {
  let dummyHash: Promise<string> | undefined;

  async function hash(password: string): Promise<string> {
    const form = passwordFormOf(password);
    return markedHash(form, await hashing.hash(passwordInForm(form, password)));
  }

  async function matches(password: string, kept: string | undefined): Promise<boolean> {
    dummyHash ??= hash(randomToken());
    const { form, hash: known } = readHash(kept ?? (await dummyHash));
    const own = passwordFormOf(password);
    const typed = form === undefined ? password : passwordInForm(own, password);
    // The work is the same whatever comes of it.
    const isRight = await hashing.verify({ hash: known, password: typed });
    const isComparable = kept !== undefined && (form === undefined || form === own);
    // In UTF-8 a lone surrogate is the same as U+FFFD, which a password may hold.
    return isRight && isComparable && password.isWellFormed();
  }

  /** Makes the hash of a password exact that was right. */
  async function makeExact(subject: string, password: string, kept: string): Promise<void> {
    const { form, hash: known } = readHash(kept);
    if (form !== undefined) return;
    const own = passwordFormOf(password);
    const exact = own === "plain" ? markedHash(own, known) : await hash(password);
    await users.replacePasswordHash(subject, kept, exact);
  }

  return {
    hash,
    set: users.setPasswordHash,

    async prove({ key, user }, password) {
      await lockout.admit(key, "password");
      const kept = await users.passwordHash(user?.subject ?? "");
      const isRight = await matches(password, kept);
      if (!isRight || !user || kept === undefined) throw new IdentityError("invalid_credentials");
      await lockout.forgive(key, "password");
      await makeExact(user.subject, password, kept);
      return user;
    },

    stampOf: async (subject) => digest(`password ${await users.passwordHash(subject)}`),
  };
}
