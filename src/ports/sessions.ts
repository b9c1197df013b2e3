import type { SignInResult, TokenSet } from "../domain/session.ts";

/** How sessions begin, go on and end. */
export interface Sessions {
  /**
   * Signs a user in by password. A wrong password and an unknown user are told apart neither by the answer nor by the
   * time it takes. What else is wrong with an account (unconfirmed, disabled, …) is told only to whoever knows the
   * password; a provider that cannot tell whether the password was right says `invalid_credentials`.
   *
   * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
   * @throws {IdentityError} `user_not_confirmed` — the sign-up has yet to be confirmed
   * @throws {IdentityError} `password_reset_required` — an administrator asked for a reset; where that has made the password
   *   worthless, there is none to know, and it is told anyway
   * @throws {IdentityError} `user_disabled` — an administrator disabled the account
   * @throws {IdentityError} `temporary_password_expired` — the invitation lapsed
   * @throws {IdentityError} `too_many_attempts` — locked for a while after wrong passwords, the right one included
   * @throws {IdentityError} `not_supported` — the account needs a further step that the provider's adapter lacks
   */
  signIn(input: { readonly username: string; readonly password: string }): Promise<SignInResult>;

  /**
   * Trades a refresh token for new tokens. Attributes and groups are read anew; `auth_time` stays.
   *
   * @throws {IdentityError} `invalid_refresh_token` — unknown, altered, expired, revoked, or its user is gone or disabled
   * @throws {IdentityError} `refresh_token_reused` — it was replaced before: someone else may hold a copy
   */
  refresh(input: { readonly refreshToken: string }): Promise<TokenSet>;

  /**
   * Ends the session of a refresh token: the token is dead and so, for the provider's own operations, are the access
   * tokens of the same sign-in. Other sessions go on. A token that is unknown or dead already is no error
   * (RFC 7009 section 2.2).
   *
   * @throws {IdentityError} `unsupported_token_type` — an access or ID token was given
   */
  signOut(input: { readonly refreshToken: string }): Promise<void>;

  /**
   * Ends every session of the user: all their refresh tokens are dead and so, for the provider's own operations, are
   * all their access tokens, the one given included.
   *
   * @throws {IdentityError} `token_revoked` — the access token's session has ended already
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   */
  signOutEverywhere(input: { readonly accessToken: string }): Promise<void>;
}
