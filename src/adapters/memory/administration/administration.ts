import { IdentityError } from "../../../domain/errors.ts";
import type { Administration } from "../../../ports/index.ts";
import { sendResetCode } from "../account/passwords.ts";
import { deleteUser } from "../account/profiles.ts";
import { withoutSecondFactors } from "../account/second-factors.ts";
import { contactsOf } from "../codes/contacts.ts";
import { checkPasswordPolicy } from "../credentials/password-policy.ts";
import type { Engine } from "../engine.ts";
import { withPassword } from "../factors/new-password.ts";
import type { User } from "../users/user.ts";
import { createUser, resendInvitation, withTemporaryPassword } from "./invitations.ts";
import { listUserGroups } from "./user-groups.ts";
import { listUsers, recordOf } from "./user-listing.ts";
import { updateUser } from "./user-update.ts";

/** Makes the administration facet of the port. */
export function createAdministration(engine: Engine): Administration {
  const { users, groups, sessions, settings, onUser } = engine;
  const change = (username: string, changes: (user: User) => Partial<User>) =>
    onUser(username, async ({ user }) => void users.put({ ...user, ...changes(user) }));
  return {
    listUsers: async (input) => listUsers(engine, input),
    getUser: ({ username }) => onUser(username, async ({ user }) => recordOf(user)),
    createUser: async (input) => recordOf(await createUser(engine, input)),
    resendInvitation: async (input) => {
      const user = await resendInvitation(engine, input);
      // Whoever has no address cannot be told, and whoever asks thinks they were.
      if (contactsOf(user).length === 0) throw new IdentityError("delivery_failed");
    },
    updateUser: ({ username, attributes }) =>
      onUser(username, async ({ user }) => updateUser(engine, user, attributes)),
    deleteUser: ({ username }) => onUser(username, (account) => deleteUser(engine, account)),
    confirmUser: ({ username }) =>
      change(username, ({ status }) => {
        if (status === "unconfirmed" || status === "approval_required")
          return { status: "confirmed" };
        throw new IdentityError("already_confirmed");
      }),
    disableUser: ({ username }) =>
      onUser(username, async ({ user }) => {
        users.put({ ...user, isEnabled: false });
        await sessions.endAll(user.subject);
      }),
    enableUser: ({ username }) => change(username, () => ({ isEnabled: true })),
    requirePasswordReset: ({ username }) =>
      onUser(username, async (account) => {
        await sendResetCode(engine, account);
        users.put({ ...account.user, status: "password_reset_required" });
      }),
    async setPassword({ username, password, isPermanent }) {
      checkPasswordPolicy(settings.passwordPolicy, password, "password");
      return onUser(username, async ({ user }) => {
        const changed = await withPassword(engine, user, password);
        users.put(
          isPermanent
            ? { ...changed, status: "confirmed" }
            : withTemporaryPassword(engine, changed),
        );
      });
    },
    signOutUser: ({ username }) => onUser(username, ({ user }) => sessions.endAll(user.subject)),
    resetMfa: ({ username }) => change(username, () => withoutSecondFactors),
    listUserGroups: ({ username, ...page }) =>
      onUser(username, async ({ user }) => listUserGroups(groups, user, page)),
    addToGroup: ({ username, group }) =>
      change(username, ({ groupIds }) => ({
        groupIds: new Set(groupIds).add(groups.get(group).id),
      })),
    removeFromGroup: ({ username, group }) =>
      change(username, ({ groupIds }) => {
        const { id } = groups.get(group);
        return { groupIds: new Set([...groupIds].filter((other) => other !== id)) };
      }),
  };
}
