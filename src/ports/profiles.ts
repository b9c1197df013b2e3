import type { WithClientMetadata } from "../domain/client-metadata.ts";
import type { AttributeValues, Delivery, Profile } from "../domain/user.ts";

/**
 * The user's own account: its attributes, their verification, and its end. Every method throws `not_supported` where
 * users are not shown that.
 */
export interface Profiles {
  /**
   * Gives the profile of the user whom the access token speaks for, as it is now.
   *
   * @throws {IdentityError} `token_revoked` — the access token's session has ended, or its user is gone
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   */
  getProfile(input: { readonly accessToken: string }): Promise<Profile>;

  /**
   * Deletes the account for good: every token of it is dead and its name is free again.
   *
   * @throws {IdentityError} `token_revoked` — the access token's session has ended, or its user is gone
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   */
  deleteAccount(input: { readonly accessToken: string }): Promise<void>;

  /**
   * Sets attributes of the user; a blank value deletes one. A new address gets a code, and where the provider proves
   * addresses first it counts only once the code was confirmed: until then the profile shows the old one, and one that is
   * another account's is taken like any other, so that nobody learns whose addresses there are.
   *
   * @returns the attributes that have to be confirmed, and where their codes went
   * @throws {IdentityError} `attribute_not_writable` — callers may not set that attribute (`sub`, `email_verified`, …)
   * @throws {IdentityError} `validation_failed` — no such attribute or value, or one was to be deleted that is required or,
   *   with the reason `second_factor`, that codes of a second factor go to; `violations` paths begin with `attributes`
   * @throws {IdentityError} `alias_taken` — the address is another account's, from a provider that does not prove it first
   * @throws {IdentityError} `too_many_attempts` — too many codes were asked for, or sent to that address: nothing was set
   * @throws {IdentityError} `delivery_failed` — the attributes were set but a code could not be sent
   * @throws {IdentityError} `token_revoked` `invalid_token` `token_expired` — as `getProfile`
   */
  updateAttributes(
    input: {
      readonly accessToken: string;
      readonly attributes: AttributeValues;
    } & WithClientMetadata,
  ): Promise<readonly AttributeDelivery[]>;

  /**
   * Sends a code that proves an address of the user, which makes any code before it worthless. It gives back no guess: all
   * codes of an account are guessed at only so often in an hour, however many were sent.
   *
   * @throws {IdentityError} `validation_failed` — the attribute is no address, or the user has none; path `["attribute"]`
   * @throws {IdentityError} `too_many_attempts` — too many codes were asked for
   * @throws {IdentityError} `delivery_failed` — the code could not be sent
   * @throws {IdentityError} `token_revoked` `invalid_token` `token_expired` — as `getProfile`
   */
  startAttributeVerification(input: {
    readonly accessToken: string;
    readonly attribute: string;
  }): Promise<Delivery | undefined>;

  /**
   * Proves an address with the code that was sent to it, once, and makes a new one count.
   *
   * @throws {IdentityError} `validation_failed` — the attribute is no address; path `["attribute"]`
   * @throws {IdentityError} `code_mismatch` — not the code that was sent last
   * @throws {IdentityError} `code_expired` — there is no live code: too old, or none was sent
   * @throws {IdentityError} `alias_taken` — the right code, but the address is another account's
   * @throws {IdentityError} `too_many_attempts` — too many wrong codes; the right one is then refused as well
   * @throws {IdentityError} `token_revoked` `invalid_token` `token_expired` — as `getProfile`
   */
  confirmAttribute(input: {
    readonly accessToken: string;
    readonly attribute: string;
    readonly code: string;
  }): Promise<void>;
}

/** An attribute that has to be confirmed. */
export interface AttributeDelivery {
  readonly attribute: string;
  readonly delivery: Delivery;
}
