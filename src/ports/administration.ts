import type { UserFilter, UserRecord } from "../domain/administration.ts";
import type { WithClientMetadata } from "../domain/client-metadata.ts";
import type { Page, PageRequest } from "../domain/page.ts";
import type { AttributeValues } from "../domain/user.ts";

export interface CreateUserInput extends WithClientMetadata {
  /** Never a dot segment, as `SignUpInput`'s. */
  readonly username: string;
  /** `email_verified` and `phone_number_verified` may be set to `true` here, and here only. */
  readonly attributes: AttributeValues;
  /** One is made up where it is absent. */
  readonly temporaryPassword?: string;
  /** Whether the user is told. @default true */
  readonly invite?: boolean;
}

/** A user as administrators name one, in a call that may be one of several that answer a request. */
export interface NamedUser {
  readonly username: string;
  /**
   * The request, where it takes more than one call: the same object in each, and in those of no other. They have one time
   * together then, with a provider that bounds it.
   */
  readonly request?: object;
}

/**
 * The operations of administrators. Who is one is not the port's to know. `username` is anything that the user could
 * sign in with. Every method throws `user_not_found` for a user who does not exist, and `not_supported` where the
 * provider has no administration.
 */
export interface Administration {
  /**
   * Lists users, in an order that stays the same from page to page. A user who was just changed may show late.
   *
   * @throws {IdentityError} `validation_failed` — the cursor is none of this listing's; path `["cursor"]`
   */
  listUsers(input: PageRequest & { readonly filter?: UserFilter }): Promise<Page<UserRecord>>;

  getUser(input: NamedUser): Promise<UserRecord>;

  /**
   * Creates an account with a temporary password, to be replaced at the first sign-in.
   *
   * @throws {IdentityError} `username_taken` `alias_taken` — the name or an address is in use
   * @throws {IdentityError} `password_policy_violation` — the temporary password breaks the rules; path `["temporaryPassword"]`
   * @throws {IdentityError} `validation_failed` — the provider takes no such user name or attribute value
   * @throws {IdentityError} `delivery_failed` — the account was created but the user could not be told
   */
  createUser(input: CreateUserInput): Promise<UserRecord>;

  /**
   * Sends an invited user another temporary password, which is good for as long as the first was and makes that worthless:
   * to whoever has lost it, or came too late.
   *
   * @throws {IdentityError} `conflict` — the user was not invited, or has chosen a password meanwhile
   * @throws {IdentityError} `delivery_failed` — it could not be sent, or there is no address: no temporary password works
   *   until one is sent
   */
  resendInvitation(input: { readonly username: string }): Promise<void>;

  /**
   * Sets attributes; a blank value deletes one. Nothing is sent, and `…_verified` can be set along.
   *
   * @throws {IdentityError} `validation_failed` `attribute_not_writable` `alias_taken` — as `Profiles.updateAttributes`
   */
  updateUser(
    input: { readonly username: string; readonly attributes: AttributeValues } & WithClientMetadata,
  ): Promise<void>;

  /** Deletes the account for good: every token of it is dead and its name is free again. */
  deleteUser(input: NamedUser): Promise<void>;

  /**
   * Confirms a sign-up in its user's stead, which is how one that waits for approval is approved. Proves no address.
   *
   * @throws {IdentityError} `already_confirmed` — there is nothing to confirm
   */
  confirmUser(input: { readonly username: string }): Promise<void>;

  /** No sign-in and no refresh from now on, and the tokens that are out are dead for the provider's own operations. */
  disableUser(input: NamedUser): Promise<void>;

  enableUser(input: { readonly username: string }): Promise<void>;

  /**
   * Makes the password worthless and sends the user a code to set a new one with.
   *
   * @throws {IdentityError} `recovery_unavailable` — the user has no address that was proven, or is disabled and the
   *   provider sends nothing to whoever is
   */
  requirePasswordReset(input: { readonly username: string }): Promise<void>;

  /**
   * Sets a password: for good, or to be replaced at the next sign-in. Ends no session: that is `signOutUser`'s.
   *
   * @throws {IdentityError} `password_policy_violation` `password_reused` — as `Passwords.changePassword`; path `["password"]`
   */
  setPassword(input: {
    readonly username: string;
    readonly password: string;
    readonly isPermanent: boolean;
  }): Promise<void>;

  /** Ends every session of the user, as `Sessions.signOutEverywhere` does. */
  signOutUser(input: NamedUser): Promise<void>;

  /**
   * Takes away every second factor of a user who has lost one: none is switched on, and no authenticator app is known any
   * more. Addresses and passkeys stay, and no session ends. A user without any is no error. Where
   * everyone must have one, the user is asked to set one up at the next sign-in.
   *
   * @throws {IdentityError} `mfa_not_available` — everyone must have a second factor here, and the provider does not
   *   switch codes to an address off: change the address
   */
  resetMfa(input: NamedUser): Promise<void>;

  /** The groups that the user is in. They reach tokens at the next sign-in or refresh. */
  listUserGroups(input: PageRequest & { readonly username: string }): Promise<Page<string>>;

  /**
   * Puts a user into a group that exists. One who is in it already stays.
   *
   * @throws {IdentityError} `group_not_found` — there is no such group
   */
  addToGroup(input: { readonly username: string; readonly group: string }): Promise<void>;

  /**
   * Takes a user out of a group. One who is not in it is no error.
   *
   * @throws {IdentityError} `group_not_found` — there is no such group
   */
  removeFromGroup(input: NamedUser & { readonly group: string }): Promise<void>;
}
