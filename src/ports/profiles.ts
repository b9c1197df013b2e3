import type { Profile } from "../domain/user.ts";

/** What the provider knows of a user. */
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
}
