import type { AttributeValues } from "../../../domain/user.ts";
import type { Contact, SignInModel } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";

/** The parts of a user that names are read from. */
export interface NamedUser {
  readonly username: string;
  readonly attributes: AttributeValues;
  /** The contacts that were proven to be the user's. */
  readonly verified: ReadonlySet<Contact>;
}

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
  { username, attributes, verified }: NamedUser,
  { signInModel, aliases }: Pick<MemorySettings, "signInModel" | "aliases">,
): readonly string[] {
  const others =
    signInModel === "alias"
      ? aliases.filter((alias) => alias === "preferred_username" || verified.has(alias))
      : nameContacts(signInModel);
  return [username, ...others.flatMap((name) => attributes[name] ?? [])];
}

/** Gives the name that a user knows the account by: the user name, or the address that stands for it. */
export function accountName(
  { username, attributes }: Pick<NamedUser, "username" | "attributes">,
  { signInModel }: Pick<MemorySettings, "signInModel">,
): string {
  const [address = username] = nameContacts(signInModel).flatMap((name) => attributes[name] ?? []);
  return address;
}
