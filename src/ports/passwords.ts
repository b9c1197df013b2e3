import type { EndedSessions } from "../domain/session.ts";
import type { Delivery } from "../domain/user.ts";
import type { NamedUserInput } from "./registration.ts";

export interface ResetPasswordInput extends NamedUserInput {
  readonly code: string;
  readonly newPassword: string;
}

export interface ChangePasswordInput {
  readonly accessToken: string;
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * The recovery and the change of passwords. `startPasswordReset` and `resetPassword` throw `not_supported` where the
 * provider has no password recovery, and `changePassword` does where users cannot change theirs.
 *
 * A password is the very characters that were set, here and wherever one is set or asked for: another text is wrong, even
 * one that Unicode holds to be the same or a like one (NFC, NFKC).
 */
export interface Passwords {
  /**
   * Sends a code to a proven address of the user, which makes any code before it worthless. The old password works
   * until the reset is done. Where nobody can be sent one (there is no such user, no address was proven, the account
   * waits for its first password), a provider that does not tell plays along: it sends nothing, and takes no code.
   *
   * @throws {IdentityError} `user_not_found` — no such user, from a provider that tells
   * @throws {IdentityError} `recovery_unavailable` — the user cannot be sent a code, from a provider that tells
   * @throws {IdentityError} `too_many_attempts` — too many codes were asked for
   * @throws {IdentityError} `delivery_failed` — the code could not be sent, from a provider that sends before it answers
   */
  startPasswordReset(input: NamedUserInput): Promise<Delivery | undefined>;

  /**
   * Sets a new password with the code that was sent, once: the code is then spent and the old password never works
   * again. The new password is checked before the code, which a refused password leaves alive. A reset ends every session
   * of the user: all their refresh tokens are dead and so, for the provider's own operations, are their access tokens. A
   * provider that cannot says so in what it gives, and the password is new all the same.
   *
   * @returns which sessions have ended: `all` or `none`
   * @throws {IdentityError} `code_mismatch` — not the code that was sent last, or no such user
   * @throws {IdentityError} `code_expired` — there is no live code: too old, or none was sent
   * @throws {IdentityError} `password_policy_violation` — the password breaks the provider's rules; `violations` says which
   * @throws {IdentityError} `password_reused` — the provider remembers it from before
   * @throws {IdentityError} `too_many_attempts` — too many wrong codes; the right one is then refused as well
   */
  resetPassword(input: ResetPasswordInput): Promise<EndedSessions>;

  /**
   * Replaces the password of the user whom the access token speaks for. The current password is asked for again. A change
   * ends every other session of the user, as a reset does: the caller's own goes on, where the capability
   * `password_change_keeps_session` says so, and ends with them elsewhere.
   *
   * @returns which sessions have ended
   * @throws {IdentityError} `invalid_credentials` — that is not the current password
   * @throws {IdentityError} `password_policy_violation` — the password breaks the provider's rules; `violations` says which
   * @throws {IdentityError} `password_reused` — the provider remembers it from before
   * @throws {IdentityError} `too_many_attempts` — too many tries
   * @throws {IdentityError} `token_revoked` — the access token's session has ended
   * @throws {IdentityError} `invalid_token` `token_expired` — the provider does not take the access token
   */
  changePassword(input: ChangePasswordInput): Promise<EndedSessions>;
}
