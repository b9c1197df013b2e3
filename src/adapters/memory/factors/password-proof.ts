import type { PasswordHash } from "../credentials/password-hash.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";

/** A password that was held against the hash of an account, and what came of it: for nobody to hear before {@link provePassword}. */
export interface PasswordTrial {
  readonly password: string;
  readonly hash: PasswordHash | undefined;
  readonly isRight: boolean;
}

/**
 * Does the work of comparing a password before it is the account's turn: others who are at work on the account, such as on
 * a refresh, wait for none of the guesses at its password. An account that does not exist costs the same work.
 *
 * @throws {IdentityError} `overloaded` — there are too many passwords to hash
 */
export async function tryPassword(
  { hasher }: Pick<Engine, "hasher">,
  user: User | undefined,
  password: string,
): Promise<PasswordTrial> {
  const hash = user?.password;
  return { password, hash, isRight: await hasher.matches(password, hash) };
}

/**
 * Gives the user of an account to whoever knows its password. An account that does not exist gets the same answers. That
 * it was right is the caller's to record, since a second factor may be yet to come.
 *
 * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
 * @throws {IdentityError} `too_many_attempts` — locked after wrong passwords
 */
export async function provePassword(
  engine: Pick<Engine, "passwordLockout" | "hasher">,
  account: Account,
  trial: PasswordTrial,
): Promise<User> {
  const { passwordLockout } = engine;
  await passwordLockout.admit(account);
  // The password may have been replaced since.
  const isStillSo = trial.hash === account.user?.password;
  const { isRight } = isStillSo ? trial : await tryPassword(engine, account.user, trial.password);
  if (!isRight || account.user === undefined) {
    await passwordLockout.recordFailure(account);
    throw refused("invalid_credentials", account.user ? "wrong_password" : "user_not_found");
  }
  return account.user;
}
