import { IdentityError } from "../../domain/errors.ts";
import type { Delivery } from "../../domain/user.ts";
import type { ChangePasswordInput, Passwords, ResetPasswordInput } from "../../ports/index.ts";
import { provenContact } from "./codes.ts";
import { recoveryContact } from "./contacts.ts";
import type { Engine } from "./engine.ts";
import { checkPasswordPolicy } from "./password-policy.ts";
import { provePassword } from "./password-proof.ts";

const purpose = "password_reset";

/** Makes the passwords facet of the port. As in Amazon Cognito, a new password ends no session. */
export function createPasswords(engine: Engine): Passwords {
  return {
    startPasswordReset: (input) => startPasswordReset(engine, input),
    resetPassword: (input) => resetPassword(engine, input),
    changePassword: (input) => changePassword(engine, input),
  };
}

async function startPasswordReset(
  { accounts, limits, codes, courier }: Engine,
  { username }: { readonly username: string },
): Promise<Delivery | undefined> {
  return accounts.byName(username, async (account) => {
    const { user } = account;
    await limits.take(account, "recoveriesPerHour");
    const contact = user?.isEnabled ? recoveryContact(user) : undefined;
    if (!user || !contact) {
      await codes.issueNone(account, purpose);
      throw new IdentityError(user ? "recovery_unavailable" : "user_not_found");
    }
    const code = await codes.issue(account, purpose, contact);
    return courier.send(user, { purpose, code, contact });
  });
}

async function resetPassword(
  { settings, accounts, codes, hasher, users }: Engine,
  { username, code, newPassword }: ResetPasswordInput,
): Promise<void> {
  checkPasswordPolicy(settings.passwordPolicy, newPassword, "newPassword");
  return accounts.byName(username, async (account) => {
    const { user } = account;
    const attempt = await codes.attempt(account, purpose, code);
    if (!user) throw new IdentityError("code_mismatch");
    const verified = new Set(user.verified).add(provenContact(attempt));
    const password = await hasher.hash(newPassword);
    users.put({ ...user, password, verified, status: "confirmed" });
  });
}

async function changePassword(
  engine: Engine,
  { accessToken, currentPassword, newPassword }: ChangePasswordInput,
): Promise<void> {
  const { settings, limits, hasher, users } = engine;
  return engine.asCaller(accessToken, async (account) => {
    checkPasswordPolicy(settings.passwordPolicy, newPassword, "newPassword");
    await limits.take(account, "passwordChangesPerHour");
    const user = await provePassword(engine, account, currentPassword);
    users.put({ ...user, password: await hasher.hash(newPassword) });
  });
}
