import { IdentityError } from "../../../domain/errors.ts";
import { newRecoveryCodes, readRecoveryCode } from "../../../domain/recovery-codes.ts";
import { sha256Text } from "../../shared/digest.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import type { User } from "../users/user.ts";
import { requiredMethods } from "./second-factor-methods.ts";

/**
 * Makes a user's recovery codes, in the place of those before.
 *
 * @throws {IdentityError} `mfa_not_available` — the user is asked for no second factor that they could stand for
 */
export async function replaceRecoveryCodes(
  { settings, users }: Engine,
  user: User,
): Promise<readonly string[]> {
  if (requiredMethods(user, settings).length === 0) throw new IdentityError("mfa_not_available");
  const codes = newRecoveryCodes(settings.randomBytes);
  const recoveryCodes = await Promise.all(codes.map(digestOf));
  await settings.pause();
  users.put({ ...user, recoveryCodes });
  return codes;
}

/**
 * Takes one of the user's recovery codes, once. Wrong ones count towards the account's lock, as those of an app do.
 *
 * @throws {IdentityError} `code_mismatch` — none of those that are left
 * @throws {IdentityError} `too_many_attempts` — the account is locked
 */
export async function spendRecoveryCode(
  { settings, lockout, users }: Engine,
  { key, user }: UserAccount,
  code: string,
): Promise<User> {
  await lockout.admit({ key, user });
  const digest = await digestOf(code);
  await settings.pause();
  const recoveryCodes = user.recoveryCodes.filter((left) => left !== digest);
  if (recoveryCodes.length < user.recoveryCodes.length)
    return users.put({ ...user, recoveryCodes });
  await lockout.recordFailure({ key, user });
  throw refused("code_mismatch", "wrong_code");
}

function digestOf(code: string): Promise<string> {
  return sha256Text(readRecoveryCode(code));
}
