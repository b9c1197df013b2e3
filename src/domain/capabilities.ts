/**
 * The abilities that not every back end has. Whatever is not listed here, every provider does: signing in with a password,
 * and refreshing.
 */
export const capabilities = [
  /** Users who sign themselves up. */
  "sign_up",
  /** Ending the session of a refresh token. */
  "sign_out",
  /** Ending every session of a user. */
  "sign_out_everywhere",
  /** Setting a new password by a code, for users who forgot theirs. */
  "password_recovery",
  /** Replacing a password by a user who knows it. */
  "password_change",
  /** A user's attributes, read, changed and proven by the user, who can delete the account. */
  "profile",
  /** A user's attributes, read by the user: `profile` has it too. */
  "profile_reading",
  /** Second factors: authenticator apps. */
  "totp_mfa",
  /** Second factors: codes by text message. */
  "sms_mfa",
  /** Second factors: codes by mail. */
  "email_mfa",
  /** Signing in with a code by mail in place of a password. */
  "email_code_sign_in",
  /** Signing in with a code by text message in place of a password. */
  "sms_code_sign_in",
  /** Registering passkeys and signing in with one. */
  "passkeys",
  /** Challenges that the operator made. */
  "custom_challenges",
  /** Listing a user's sessions and ending one. */
  "session_list",
  /** Users managed by administrators. */
  "administration",
  /** Users and their groups, listed by administrators, who can end their sessions: `administration` and `groups` have it too. */
  "user_listing",
  /** Groups that users are in. */
  "groups",
  /** Sign-ups that wait for an administrator. */
  "sign_up_approval",
  /** A change of the password leaves the caller signed in. Without it the caller's session ends with all others. */
  "password_change_keeps_session",
  /** A sign-up can be confirmed with a password, which takes the place of the one that it was begun with. */
  "confirmation_password",
  /** The code of a challenge can be sent again, without the password. */
  "challenge_code_resend",
  /** Codes that a user keeps, each good once in the place of a second factor. */
  "recovery_codes",
] as const;

/** Something that a back end can do. */
export type Capability = (typeof capabilities)[number];
