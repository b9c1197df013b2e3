import { IdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { ChangePasswordInput, Passwords, ResetPasswordInput } from "../../../ports/index.ts";
import { targetOf } from "../codes/contacts.ts";
import { withProvenContact } from "../codes/one-time-codes.ts";
import { checkPasswordPolicy } from "../credentials/password-policy.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import { withPassword } from "../factors/new-password.ts";
import { provePassword, tryPassword } from "../factors/password-proof.ts";
import { recoveryContact } from "../factors/second-factor-methods.ts";
import type { SignedInAccount } from "../tokens/signed-in-accounts.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";

const purpose = "password_reset";

/** Makes the passwords facet of the port. */
export function createPasswords(engine: Engine): Passwords {
  const { sessions } = engine;
  return {
    startPasswordReset: ({ username }) =>
      engine.accounts.byName(username, (account) => sendResetCode(engine, account)),
    resetPassword: (input) =>
      resetPassword(engine, input, async ({ subject }) => {
        const sessionIds = await sessions.endAllBut(subject, undefined);
        return { ended: "all", subject, sessionIds };
      }),
    changePassword: (input) =>
      changePassword(engine, input, async ({ user, sessionId }) => {
        const sessionIds = await sessions.endAllBut(user.subject, sessionId);
        return { ended: "others", sessionIds };
      }),
  };
}

/**
 * Sends a code to set a new password with.
 *
 * @throws {IdentityError} `user_not_found` `recovery_unavailable` `too_many_attempts` `delivery_failed` — as
 *   `Passwords.startPasswordReset`
 */
export async function sendResetCode(
  { limits, codes, courier, settings }: Engine,
  account: Account,
): Promise<Delivery> {
  const { user } = account;
  await limits.take(account, "recoveriesPerHour");
  // Whoever was invited has a temporary password to sign in with, and no other account to recover.
  const canRecover = user?.isEnabled && user.status !== "invited";
  const contact = canRecover ? recoveryContact(user, settings) : undefined;
  if (!user || !contact) {
    await codes.issueNone(account, purpose);
    throw new IdentityError(user ? "recovery_unavailable" : "user_not_found");
  }
  const code = await codes.issue(account, purpose, targetOf(user, contact));
  return courier.send(user, { purpose, code, contact });
}

/**
 * Sets a new password with a code, as `Passwords.resetPassword` does.
 *
 * @param then - is done once the password is set, before anyone else gets at the account
 */
export async function resetPassword<T>(
  engine: Engine,
  { username, code, newPassword }: ResetPasswordInput,
  then: (user: User) => Promise<T>,
): Promise<T> {
  const { settings, accounts, codes, users } = engine;
  checkPasswordPolicy(settings.passwordPolicy, newPassword, "newPassword");
  return accounts.byName(username, async (account) => {
    const { user } = account;
    const attempt = await codes.attempt(account, purpose, code);
    if (!user) throw refused("code_mismatch", "user_not_found");
    // Not before the code: whether a password was used before is not for strangers to ask.
    const changed = await withPassword(engine, withProvenContact(user, attempt), newPassword);
    await codes.spend(account, purpose);
    // A code proves an address, and is no administrator's word.
    const isWaiting = user.status === "approval_required";
    return then(users.put({ ...changed, status: isWaiting ? user.status : "confirmed" }));
  });
}

/**
 * Replaces the password of a caller, as `Passwords.changePassword` does.
 *
 * @param then - is done once the password is set, before anyone else gets at the account
 */
export async function changePassword<T>(
  engine: Engine,
  { accessToken, currentPassword, newPassword }: ChangePasswordInput,
  then: (caller: SignedInAccount) => Promise<T>,
): Promise<T> {
  const { settings, limits, lockout, users } = engine;
  return engine.onSignedInAccount(accessToken, async (caller) => {
    checkPasswordPolicy(settings.passwordPolicy, newPassword, "newPassword");
    await limits.take(caller, "passwordChangesPerHour");
    const trial = await tryPassword(engine, caller.user, currentPassword);
    const user = await provePassword(engine, caller, trial);
    lockout.recordSuccess(caller);
    users.put(await withPassword(engine, user, newPassword));
    return then(caller);
  });
}
