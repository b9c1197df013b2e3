import type { UserRecord } from "../../../domain/administration.ts";
import { checkNewPassword, normalizeUsername } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import type { Administration, CreateUserInput } from "../../../ports/index.ts";
import { deleteUser } from "../account/profiles.ts";
import { createUser } from "../account/registration.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import { provenEmail } from "../messages/courier.ts";
import { acceptAttributes, acceptNewUser, withAttributeChanges } from "../stores/attributes.ts";
import { randomToken } from "../stores/random.ts";
import { groupsOf } from "../stores/user-groups.ts";
import { addToGroup, pageOfGroups, removeFromGroup } from "./groups.ts";
import { recordInvitation } from "./invitations.ts";
import { listUsers, recordOf } from "./user-listing.ts";

/** Makes the administration facet of the port. */
export function createAdministration(run: RunOnEngine): Administration {
  const withUser = <T>(username: string, task: (engine: Engine, user: User) => Promise<T>) =>
    run((engine) => onUser(engine, username, (user) => task(engine, user)));
  return {
    listUsers: (input) => run((engine) => listUsers(engine, input)),
    getUser: ({ username }) => withUser(username, async (_engine, user) => recordOf(user)),
    createUser: (input) => run((engine) => invite(engine, input)),
    resendInvitation: ({ username }) => withUser(username, resendInvitation),
    updateUser: ({ username, attributes }) =>
      withUser(username, (engine, user) => updateUser(engine, user, attributes)),
    deleteUser: ({ username }) => withUser(username, deleteUser),
    confirmUser: ({ username }) => withUser(username, confirmUser),
    disableUser: ({ username }) =>
      withUser(username, async ({ users, sessions }, user) => {
        await users.change(user, { isEnabled: false });
        await sessions.endAll(user.subject);
      }),
    enableUser: ({ username }) =>
      withUser(username, async ({ users }, user) => {
        await users.change(user, { isEnabled: true });
      }),
    requirePasswordReset: ({ username }) => withUser(username, requirePasswordReset),
    setPassword: ({ username, password, isPermanent }) =>
      withUser(username, (engine, user) => setPassword(engine, user, { password, isPermanent })),
    signOutUser: ({ username }) =>
      withUser(username, ({ sessions }, user) => sessions.endAll(user.subject)),
    resetMfa: ({ username }) =>
      withUser(username, async ({ users, totp, recoveryCodes }, user) => {
        await users.change(user, { hasTotp: false });
        await totp.forget(user.subject);
        await recoveryCodes.forget(user.subject);
      }),
    listUserGroups: ({ username, ...page }) =>
      withUser(username, async (engine, user) => pageOfGroups(groupsOf(engine, user), page)),
    addToGroup: ({ username, group }) =>
      withUser(username, (engine, user) => addToGroup(engine, user, group)),
    removeFromGroup: ({ username, group }) =>
      withUser(username, (engine, user) => removeFromGroup(engine, user, group)),
  };
}

function onUser<T>(
  { accounts }: Engine,
  username: string,
  task: (user: User) => Promise<T>,
): Promise<T> {
  return accounts.byName(username, ({ user }) => {
    if (!user) throw new IdentityError("user_not_found");
    return task(user);
  });
}

async function invite(engine: Engine, input: CreateUserInput): Promise<UserRecord> {
  const { accounts, passwords, sendNow } = engine;
  const name = normalizeUsername(input.username);
  const accepted = acceptNewUser(name, input.attributes, "administrator");
  const { email, others: attributes } = accepted;
  const password = input.temporaryPassword ?? inventPassword();
  checkNewPassword(password, "temporaryPassword");
  const passwordHash = await passwords.hash(password);
  const user = await accounts.byName(email, async () => {
    const isEmailVerified = accepted.isEmailVerified ?? false;
    const isPhoneVerified = accepted.isPhoneVerified ?? false;
    const verified = { isEmailVerified, isPhoneVerified };
    const made = { email, attributes, status: "invited", ...verified, passwordHash } as const;
    return createUser(engine, made);
  });
  await recordInvitation(engine, user);
  if (input.invite !== false) {
    const contact = { attribute: "email", address: user.email } as const;
    await sendNow(user, { purpose: "invitation", code: password, contact });
  }
  return recordOf(user);
}

/** With a letter of each case, a digit and a symbol, for whatever checks it on the way. */
function inventPassword(): string {
  return `Aa1-${randomToken().slice(0, 16)}`;
}

async function resendInvitation(engine: Engine, user: User): Promise<void> {
  if (user.status !== "invited") throw new IdentityError("conflict");
  const code = inventPassword();
  await engine.passwords.set(user.subject, await engine.passwords.hash(code));
  await recordInvitation(engine, user);
  const contact = { attribute: "email", address: user.email } as const;
  await engine.sendNow(user, { purpose: "invitation", code, contact });
}

async function updateUser(
  { users }: Engine,
  user: User,
  attributes: AttributeValues,
): Promise<void> {
  const { email, isEmailVerified, isPhoneVerified, others } = acceptAttributes(
    attributes,
    "administrator",
  );
  if (email !== undefined && email !== user.email && (await users.findByEmail(email)))
    throw new IdentityError("alias_taken");
  const isNewPhone =
    others.phone_number !== undefined && others.phone_number !== user.attributes.phone_number;
  await users.change(user, {
    attributes: withAttributeChanges(user.attributes, others),
    ...(email !== undefined && email !== user.email && { email, isEmailVerified: false }),
    ...(isNewPhone && { isPhoneVerified: false }),
    ...(isEmailVerified !== undefined && { isEmailVerified }),
    ...(isPhoneVerified !== undefined && { isPhoneVerified }),
  });
}

async function confirmUser({ users, codes }: Engine, user: User): Promise<void> {
  if (user.status !== "unconfirmed" && user.status !== "approval_required")
    throw new IdentityError("already_confirmed");
  await codes.forget(user.subject);
  await users.change(user, { status: "confirmed" });
}

async function requirePasswordReset({ users, codes, sendNow }: Engine, user: User): Promise<void> {
  const contact = provenEmail(user);
  if (!contact) throw new IdentityError("recovery_unavailable");
  await users.change(user, { status: "password_reset_required" });
  const code = await codes.issue(user.subject, "password_reset", contact);
  await sendNow(user, { purpose: "password_reset", code, contact });
}

async function setPassword(
  engine: Engine,
  user: User,
  { password, isPermanent }: { readonly password: string; readonly isPermanent: boolean },
): Promise<void> {
  checkNewPassword(password, "password");
  await engine.passwords.set(user.subject, await engine.passwords.hash(password));
  await engine.users.change(user, { status: isPermanent ? "confirmed" : "invited" });
  if (!isPermanent) await recordInvitation(engine, user);
}
