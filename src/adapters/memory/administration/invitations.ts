import { normalizeUsername } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { CreateUserInput } from "../../../ports/index.ts";
import { contactsOf } from "../codes/contacts.ts";
import { checkPasswordPolicy, inventPassword } from "../credentials/password-policy.ts";
import type { Engine } from "../engine.ts";
import type { Contact } from "../settings/options.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { takeAliases } from "../users/alias-takeover.ts";
import { acceptAccount } from "../users/attributes.ts";
import { newIdentity, newUser, type UserIdentity } from "../users/new-user.ts";
import type { User } from "../users/user.ts";
import { splitVerified, withVerified } from "./user-update.ts";

/** Further terms of a new account. */
interface NewUserTerms {
  /** Whether an alias that is somebody else's is theirs no longer. @default false */
  readonly takesAlias?: boolean;
  /** Who the user is, if that was made up before. */
  readonly identity?: UserIdentity;
}

/** Where invitations go. */
interface InvitationWay {
  /** @default the address by mail, and if there is none, by text message */
  readonly inviteBy?: readonly Contact[];
}

/**
 * Creates an account with a temporary password, as `Administration.createUser` does.
 *
 * @throws {IdentityError} as that; no `alias_taken` where the account takes the alias
 */
export async function createUser(
  engine: Engine,
  input: CreateUserInput & NewUserTerms & InvitationWay,
): Promise<User> {
  const { settings, accounts, hasher, users } = engine;
  const name = normalizeUsername(input.username);
  const { plain, verified } = splitVerified(input.attributes);
  const attributes = acceptAccount(name, plain, settings);
  const temporary = input.temporaryPassword ?? inventPassword(settings);
  checkPasswordPolicy(settings.passwordPolicy, temporary, "temporaryPassword");
  const identity = input.identity ?? newIdentity(name, settings);
  const password = await hasher.hash(temporary, identity.username);
  return accounts.byName(name, async ({ user: existing }) => {
    if (existing) throw new IdentityError("username_taken");
    return accounts.bySubject(identity.subject, async () => {
      const created = withVerified(newUser(identity, attributes, password, settings), verified);
      if (input.takesAlias) takeAliases(users, created, settings);
      const user = users.put(withTemporaryPassword(engine, created));
      if (input.invite ?? true) await invite(engine, user, temporary, input);
      return user;
    });
  });
}

/**
 * Gives an invited user another temporary password, good for as long as the first was, and tells them.
 *
 * @throws {IdentityError} `user_not_found` — there is no such user
 * @throws {IdentityError} `conflict` — the user was not invited, or took the invitation
 */
export async function resendInvitation(
  engine: Engine,
  input: Pick<CreateUserInput, "username" | "temporaryPassword"> & InvitationWay,
): Promise<User> {
  const { settings, hasher, users, onUser } = engine;
  const temporary = input.temporaryPassword ?? inventPassword(settings);
  checkPasswordPolicy(settings.passwordPolicy, temporary, "temporaryPassword");
  return onUser(input.username, async ({ user }: UserAccount) => {
    if (user.status !== "invited") throw new IdentityError("conflict");
    const password = await hasher.hash(temporary, user.username);
    const renewed = users.put(withTemporaryPassword(engine, { ...user, password }));
    await invite(engine, renewed, temporary, input);
    return renewed;
  });
}

/** Gives a user whose password is temporary from now on. */
export function withTemporaryPassword({ settings }: Pick<Engine, "settings">, user: User): User {
  const passwordExpiresAt = settings.clock.now() + settings.temporaryPasswordSeconds * 1000;
  return { ...user, status: "invited", passwordExpiresAt };
}

/** A user without any address cannot be told, and whoever made the account has to. */
async function invite(
  { courier }: Pick<Engine, "courier">,
  user: User,
  temporary: string,
  { inviteBy }: InvitationWay,
): Promise<void> {
  const all = contactsOf(user);
  const chosen = inviteBy ? all.filter((contact) => inviteBy.includes(contact)) : all.slice(-1);
  for (const contact of chosen)
    await courier.send(user, { purpose: "invitation", code: temporary, contact });
}
