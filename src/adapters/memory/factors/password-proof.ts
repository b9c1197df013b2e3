import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";

/**
 * Gives the user of an account to whoever knows its password. An account that does not exist costs the same work and
 * gets the same answers. That it was right is the caller's to record, since a second factor may be yet to come.
 *
 * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
 * @throws {IdentityError} `too_many_attempts` — locked after wrong passwords
 */
export async function provePassword(
  { passwordLockout, hasher }: Pick<Engine, "passwordLockout" | "hasher">,
  account: Account,
  password: string,
): Promise<User> {
  await passwordLockout.admit(account);
  const isRight = await hasher.matches(password, account.user?.password);
  if (!isRight || account.user === undefined) {
    await passwordLockout.recordFailure(account);
    throw refused("invalid_credentials", account.user ? "wrong_password" : "user_not_found");
  }
  return account.user;
}
