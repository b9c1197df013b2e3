import type { ChallengeAnswer, SignInFactor } from "../domain/challenge.ts";
import type { WithClientMetadata } from "../domain/client-metadata.ts";
import type { WithCallerAddress } from "../domain/ip-address.ts";
import type { Page, PageRequest } from "../domain/page.ts";
import type { SessionSummary, SignInResult, TokenSet } from "../domain/session.ts";

export interface SignInInput extends WithClientMetadata, WithCallerAddress {
  readonly username: string;
  /** For the factor `password`. */
  readonly password?: string;
  /** The factor to begin with. Without it: `password` where there is one, else whatever the provider offers the user. */
  readonly factor?: SignInFactor;
}

export interface AnswerChallengeInput extends WithClientMetadata, WithCallerAddress {
  readonly session: string;
  readonly answer: ChallengeAnswer;
}

export interface RefreshInput extends WithClientMetadata, WithCallerAddress {
  readonly refreshToken: string;
}

/** The sessions of users, from the sign-in through refreshes to the sign-out. */
export interface Sessions {
  /**
   * Begins a sign-in. It ends with tokens, or with a challenge to answer. A wrong password and an unknown user are told
   * apart neither by the answer nor by the time it takes; an unknown user who asks for a code gets the challenge that a
   * known one would get, even where the code cannot be sent. What else is wrong with an account (unconfirmed, disabled, …) is told only to whoever knows the
   * password; a provider that cannot tell whether the password was right says `invalid_credentials`.
   *
   * @throws {IdentityError} `invalid_credentials` — wrong password, or no such user
   * @throws {IdentityError} `user_not_confirmed` — the sign-up has yet to be confirmed or approved
   * @throws {IdentityError} `password_reset_required` — an administrator asked for a reset; where that has made the password
   *   worthless, there is none to know, and it is told anyway
   * @throws {IdentityError} `user_disabled` — an administrator disabled the account
   * @throws {IdentityError} `mfa_not_available` — a second factor is required, and the user has none and can set none up
   *   inside of a sign-in: an administrator has to see to it
   * @throws {IdentityError} `temporary_password_expired` — the invitation lapsed
   * @throws {IdentityError} `too_many_attempts` — locked for a while after wrong passwords, the right one included
   * @throws {IdentityError} `not_supported` — the provider does not sign in with that factor
   */
  signIn(input: SignInInput): Promise<SignInResult>;

  /**
   * Answers a challenge, which ends the sign-in with tokens or leads to the next challenge. A session is good for one
   * answer that takes the sign-in further, of concurrent ones too; after a wrong code or a refused password it can be
   * used again until it expires. A recovery code answers any challenge that asks for a second factor of the user's, and none
   * that sets one up or stands for the password; wrong ones count as those of the second factor do. With the tokens comes the user name that the sign-in was begun with.
   *
   * @throws {IdentityError} `challenge_expired` — the session was invented, altered, used, too old or of another challenge
   * @throws {IdentityError} `code_mismatch` — not the code, or one of the authenticator app's that was used before, or none of
   *   the recovery codes that are left
   * @throws {IdentityError} `code_expired` — the code that was sent is too old
   * @throws {IdentityError} `invalid_credentials` — wrong password, or a custom challenge was answered wrongly
   * @throws {IdentityError} `user_not_confirmed` `password_reset_required` `user_disabled` `temporary_password_expired` — as
   *   `signIn`, to whoever has shown the password, here or before
   * @throws {IdentityError} `password_policy_violation` — the new password breaks the rules; `violations` says which
   * @throws {IdentityError} `password_reused` — the provider remembers the new password from before
   * @throws {IdentityError} `validation_failed` — an attribute that is required is missing or has no such value; or, path
   *   `["address"]`, the address that a second factor is to be set up with is missing, is none, or is not the user's own
   * @throws {IdentityError} `alias_taken` — the right code, but the address is another account's
   * @throws {IdentityError} `passkey_rejected` — the passkey is not the user's, or what it signed does not hold
   * @throws {IdentityError} `mfa_not_available` — the user has no such second factor
   * @throws {IdentityError} `too_many_attempts` — too many wrong answers
   * @throws {IdentityError} `not_supported` — no sign-in waits for an answer with this provider, or it is a recovery code and
   *   the provider has no capability `recovery_codes`
   */
  answerChallenge(input: AnswerChallengeInput): Promise<SignInResult>;

  /**
   * Sends the code of a challenge `sms_code` or `email_code` again: another one, which makes the one before worthless. The
   * session stays as it is, and lives no longer. A challenge that is played for nobody gets no message, and the same answer.
   *
   * @throws {IdentityError} `challenge_expired` — as `answerChallenge`, and where the session is of a challenge without such
   *   a code
   * @throws {IdentityError} `too_many_attempts` — too many codes were asked for, or the account is locked for a while
   * @throws {IdentityError} `not_supported` — the provider has no capability `challenge_code_resend`
   */
  resendChallengeCode(input: { readonly session: string } & WithCallerAddress): Promise<void>;

  /**
   * Trades a refresh token for new tokens. Attributes and groups are read anew; `auth_time` stays.
   *
   * @throws {IdentityError} `invalid_refresh_token` — unknown, altered, expired, revoked, or its user is gone or disabled
   * @throws {IdentityError} `refresh_token_reused` — it was replaced before: someone else may hold a copy
   */
  refresh(input: RefreshInput): Promise<TokenSet>;

  /**
   * Ends the session of a refresh token: the token is dead and so, for the provider's own operations, are the access
   * tokens of the same sign-in. Other sessions go on. A token that is unknown or dead already is no error
   * (RFC 7009 section 2.2).
   *
   * @throws {IdentityError} `unsupported_token_type` — an access or ID token was given
   * @throws {IdentityError} `not_supported` — the provider ends no session before its time
   */
  signOut(input: { readonly refreshToken: string }): Promise<void>;

  /**
   * Ends every session of the user: all their refresh tokens are dead and so, for the provider's own operations, are
   * all their access tokens, the one given included.
   *
   * @throws {IdentityError} `token_revoked` — the access token's session has ended already
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   * @throws {IdentityError} `not_supported` — the provider does not end all sessions of a user
   */
  signOutEverywhere(input: { readonly accessToken: string }): Promise<void>;

  /**
   * Lists the user's sessions that have not ended, the newest first: within each page at least, where the provider has an
   * order of its own. A session that ends between two pages hides no other; one that begins meanwhile may be missing. A
   * cursor says where to go on, not whose sessions: another user's, where it is taken, gives the caller's own.
   *
   * @throws {IdentityError} `token_revoked` — the access token's session has ended
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   * @throws {IdentityError} `validation_failed` — the cursor is none of this listing's; path `["cursor"]`
   * @throws {IdentityError} `not_supported` — the provider keeps no account of sessions
   */
  listSessions(
    input: PageRequest & { readonly accessToken: string },
  ): Promise<Page<SessionSummary>>;

  /**
   * Ends one of the user's sessions, as `signOut` does. One that has ended already is no error.
   *
   * @throws {IdentityError} `not_found` — the user has had no such session
   * @throws {IdentityError} `conflict` — it is the session of the access token: sign out instead
   * @throws {IdentityError} `token_revoked` `invalid_token` `token_expired` `not_supported` — as `listSessions`
   */
  endSession(input: { readonly accessToken: string; readonly sessionId: string }): Promise<void>;
}
