import { IdentityError } from "../../../domain/errors.ts";
import type { Auth } from "../database/auth.ts";
import type { User } from "../database/user-rows.ts";
import type { Account } from "./accounts.ts";
import type { Digest } from "./digest.ts";
import type { Lockout } from "./lockout.ts";
import { randomToken } from "./random.ts";
import type { Users } from "./user-store.ts";

/** Passwords, hashed as Better Auth does. */
export interface PasswordStore {
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
  let nobodys: Promise<string> | undefined;

  async function matches(password: string, hash: string | undefined): Promise<boolean> {
    nobodys ??= hashing.hash(randomToken());
    const isRight = await hashing.verify({ hash: hash ?? (await nobodys), password });
    // In UTF-8 a lone surrogate is the same as U+FFFD, which a password may hold.
    return isRight && hash !== undefined && password.isWellFormed();
  }

  return {
    hash: (password) => hashing.hash(password),
    set: users.setPasswordHash,

    async prove({ key, user }, password) {
      await lockout.admit(key, "password");
      const hash = await users.passwordHash(user?.subject ?? "");
      if (!(await matches(password, hash)) || !user) throw new IdentityError("invalid_credentials");
      await lockout.forgive(key, "password");
      return user;
    },

    stampOf: async (subject) => digest(`password ${await users.passwordHash(subject)}`),
  };
}
