import type { Capability } from "../../domain/capabilities.ts";

/**
 * The features that a user pool may or may not be set up for. That cannot be seen from outside, so the operator says.
 */
export const cognitoFeatures = [
  "totp_mfa",
  "sms_mfa",
  "email_mfa",
  /**
   * `ALLOW_USER_AUTH` on the app client, and `EMAIL_OTP` among the pool's `AllowedFirstAuthFactors`. The client should have
   * `PreventUserExistenceErrors` enabled: a name that nobody has gets a challenge without that as well, but how long that
   * lives, and how often it is to be had, tells it from one of Cognito's own.
   */
  "email_code_sign_in",
  /** Likewise, and `SMS_OTP`. */
  "sms_code_sign_in",
  /** Likewise, and `WEB_AUTHN`. */
  "passkeys",
  /**
   * `ALLOW_CUSTOM_AUTH` on the app client, and the pool's triggers for challenges. They are not run for a name that nobody
   * has unless the client has `PreventUserExistenceErrors` enabled: see `customChallengeForUnknown`.
   */
  "custom_challenges",
  /** Session tracking. */
  "session_list",
  /** Nothing is verified automatically, or a trigger holds sign-ups back: administrators confirm them. */
  "sign_up_approval",
] as const satisfies readonly Capability[];

/** A feature that a user pool may be set up for. */
export type CognitoFeature = (typeof cognitoFeatures)[number];

/** The features that a pool is taken to be set up for where nobody says: Cognito tells users of one that is not. */
export const usualFeatures: readonly CognitoFeature[] = ["totp_mfa", "sms_mfa", "email_mfa"];

/** The capabilities of every user pool. */
const always = [
  "sign_up",
  "sign_out",
  "sign_out_everywhere",
  "password_recovery",
  "password_change",
  "profile",
] as const satisfies readonly Capability[];

/**
 * Gives the capabilities of the provider: administration takes AWS credentials, and to tell sessions apart takes their
 * list.
 */
export function capabilitiesOf(
  features: readonly CognitoFeature[],
  { hasCredentials }: { readonly hasCredentials: boolean },
): ReadonlySet<Capability> {
  return new Set<Capability>([
    ...always,
    ...features,
    ...(hasCredentials ? (["administration", "groups"] as const) : []),
    ...(features.includes("session_list") ? (["password_change_keeps_session"] as const) : []),
  ]);
}
