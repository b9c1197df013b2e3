import type { SignInModel } from "../settings/options.ts";
import type { Settings } from "../settings/settings.ts";
import type { Contact, User, UserStore } from "./user-store.ts";

/** Gives the kinds of addresses that stand for user names: none, where users have names of their own. */
export function nameContacts(signInModel: SignInModel): readonly Contact[] {
  switch (signInModel) {
    case "email":
    case "phone_number":
      return [signInModel];
    case "email_or_phone_number":
      return ["email", "phone_number"];
    case "username":
    case "alias":
      return [];
  }
}

/** Gives every name that a user signs in with: the user name, addresses that stand for it, and aliases. */
export function signInNames(
  { username, attributes, verified }: Pick<User, "username" | "attributes" | "verified">,
  { signInModel, aliases }: Pick<Settings, "signInModel" | "aliases">,
): readonly string[] {
  const others =
    signInModel === "alias"
      ? aliases.filter((alias) => alias === "preferred_username" || verified.has(alias))
      : nameContacts(signInModel);
  return [username, ...others.flatMap((name) => attributes[name] ?? [])];
}

/** Gives what a user knows the account by: the user name, or the address that stands for it. */
export function accountName(
  { username, attributes }: Pick<User, "username" | "attributes">,
  { signInModel }: Pick<Settings, "signInModel">,
): string {
  const [address = username] = nameContacts(signInModel).flatMap((name) => attributes[name] ?? []);
  return address;
}

/**
 * Makes room for the aliases of a user: whoever else signs in with one does no longer, and has to prove it anew. Their
 * own write that is under way at the time finds the alias taken.
 */
export function takeAliases(users: UserStore, user: User, settings: Settings): void {
  for (const name of signInNames(user, settings)) {
    const other = users.find(name);
    if (!other || other.subject === user.subject) continue;
    const verified = [...other.verified].filter((contact) => other.attributes[contact] !== name);
    users.put({ ...other, verified: new Set(verified) });
  }
}
