import type { WithClientMetadata } from "../domain/client-metadata.ts";
import type { WithCallerAddress } from "../domain/ip-address.ts";
import type { AttributeValues, Delivery, SignUpResult } from "../domain/user.ts";

export interface SignUpInput extends WithClientMetadata, WithCallerAddress {
  /** Never a dot segment, `.` or `..`, which no path could name: the use cases see to that. */
  readonly username: string;
  readonly password: string;
  /** A blank value is none. */
  readonly attributes: AttributeValues;
}

/** An input that names a user and nothing else, as to send them a code. */
export interface NamedUserInput extends WithClientMetadata, WithCallerAddress {
  readonly username: string;
}

export interface ConfirmSignUpInput extends NamedUserInput {
  readonly code: string;
  /** The password that the account is to have, whoever has begun the sign-up with which one. */
  readonly password?: string;
}

/**
 * The sign-up of users, and its confirmation. Every method throws `not_supported` where users do not sign themselves
 * up.
 */
export interface Registration {
  /**
   * Creates an account and sends its confirmation code, where the provider asks for one. Of any number of concurrent
   * sign-ups under one name exactly one succeeds, and one code is sent. The password and the attributes are checked
   * before the name is looked up, so that an error about them says nothing about who exists.
   *
   * Whose address a name is turns out with the confirmation, and not with who came first. So while a sign-up waits for its
   * code, a later one under the name, with the address that the code went to, is refused, but leaves its password, where
   * the capability `confirmation_password` says that passwords can be replaced at this stage.
   *
   * @throws {IdentityError} `username_taken` — the name is in use, confirmed or not
   * @throws {IdentityError} `password_policy_violation` — the password breaks the provider's rules; `violations` says which
   * @throws {IdentityError} `validation_failed` — the provider takes no such user name or attribute value, or one that it
   *   requires is missing or blank
   * @throws {IdentityError} `attribute_not_writable` — callers may not set that attribute (`sub`, `email_verified`, …)
   * @throws {IdentityError} `sign_up_disabled` — the provider lets only administrators create accounts
   * @throws {IdentityError} `delivery_failed` — the account was created but its code could not be sent: resend. From a
   *   provider that sends before it answers
   */
  signUp(input: SignUpInput): Promise<SignUpResult>;

  /**
   * Confirms an account with the code that was sent, once: the code is then spent. Proves the address it went to. With a
   * password the account has that from then on, and else the one of the last sign-up under the name: somebody else may
   * have signed the address up before. The password is checked before the code, which a refused one leaves alive.
   *
   * @throws {IdentityError} `not_supported` — there is a password, but no capability `confirmation_password`: nothing is done
   * @throws {IdentityError} `password_policy_violation` — the password breaks the provider's rules; path `["password"]`
   * @throws {IdentityError} `code_mismatch` — not the code that was sent last, or no such user
   * @throws {IdentityError} `code_expired` — there is no live code: too old, or none was sent
   * @throws {IdentityError} `already_confirmed` — the account is confirmed
   * @throws {IdentityError} `alias_taken` — the right code, but another account has proven the address meanwhile
   * @throws {IdentityError} `too_many_attempts` — too many wrong codes; the right one is then refused as well. Users who
   *   do not exist are counted alike, where the back end lets the adapter have its way
   */
  confirmSignUp(input: ConfirmSignUpInput): Promise<void>;

  /**
   * Sends a new confirmation code, which makes the one before it worthless.
   *
   * @throws {IdentityError} `user_not_found` — no such user, from a provider that tells
   * @throws {IdentityError} `already_confirmed` — there is nothing to confirm
   * @throws {IdentityError} `too_many_attempts` — too many codes were asked for
   * @throws {IdentityError} `delivery_failed` — the code could not be sent, from a provider that sends before it answers
   */
  resendConfirmation(input: NamedUserInput): Promise<Delivery | undefined>;
}
