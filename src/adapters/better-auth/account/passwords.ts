import { checkNewPassword } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { EndedSessions } from "../../../domain/session.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { ChangePasswordInput, Passwords, ResetPasswordInput } from "../../../ports/index.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import { provenEmail } from "../messages/courier.ts";
import { requireAddressOf } from "../stores/one-time-codes.ts";

const purpose = "password_reset";

/** Makes the passwords facet of the port. */
export function createPasswords(run: RunOnEngine): Passwords {
  return {
    startPasswordReset: (input) => run((engine) => startPasswordReset(engine, input)),
    resetPassword: (input) => run((engine) => resetPassword(engine, input)),
    changePassword: (input) => run((engine) => changePassword(engine, input)),
  };
}

async function startPasswordReset(
  { accounts, limits, codes, send }: Engine,
  { username }: { readonly username: string },
): Promise<Delivery | undefined> {
  return accounts.byName(username, async ({ key, user }) => {
    await limits.take(key, "password_reset");
    // An invitation's password is replaced by whoever knows it, and by nobody else.
    const canRecover = user?.isEnabled === true && user.status !== "invited";
    const contact = canRecover ? provenEmail(user) : undefined;
    const code = await codes.issue(key, purpose, contact);
    if (user && contact) return send(user, { purpose, code, contact });
    throw new IdentityError(user ? "recovery_unavailable" : "user_not_found");
  });
}

async function resetPassword(
  { accounts, codes, passwords, users, sessions }: Engine,
  { username, code, newPassword }: ResetPasswordInput,
): Promise<EndedSessions> {
  checkNewPassword(newPassword, "newPassword");
  // Before the code, which is spent when it was right: there may be too much to hash.
  const passwordHash = await passwords.hash(newPassword);
  return accounts.byName(username, async ({ key, user }) => {
    const attempt = await codes.attempt(key, purpose, code);
    if (!user) throw new IdentityError("code_mismatch");
    requireAddressOf(user, attempt);
    await passwords.set(user.subject, passwordHash);
    const status = user.status === "approval_required" ? user.status : "confirmed";
    await users.change(user, { status, isEmailVerified: true });
    const { subject } = user;
    const sessionIds = await sessions.endAllBut(subject, undefined);
    return { ended: "all", subject, sessionIds };
  });
}

async function changePassword(
  { accounts, passwords, sessions }: Engine,
  { accessToken, currentPassword, newPassword }: ChangePasswordInput,
): Promise<EndedSessions> {
  return accounts.byToken(accessToken, async (account) => {
    checkNewPassword(newPassword, "newPassword");
    const trial = await passwords.tryOut(account.user.subject, currentPassword);
    const { subject } = await passwords.prove(account, trial);
    await passwords.set(subject, await passwords.hash(newPassword));
    const sessionIds = await sessions.endAllBut(subject, account.sessionId);
    return { ended: "others", sessionIds };
  });
}
