import type { ChallengeType, MfaMethod, SignInFactor } from "../../../domain/challenge.ts";

/**
 * The port's types of Cognito's challenges. `EMAIL_MFA` is in its guide and not in its API.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html
 */
const types: ReadonlyMap<string, ChallengeType> = new Map([
  ["SMS_MFA", "sms_code"],
  ["SMS_OTP", "sms_code"],
  ["EMAIL_MFA", "email_code"],
  ["EMAIL_OTP", "email_code"],
  ["SOFTWARE_TOKEN_MFA", "totp"],
  ["NEW_PASSWORD_REQUIRED", "new_password"],
  ["MFA_SETUP", "mfa_setup"],
  ["SELECT_MFA_TYPE", "select_mfa"],
  ["SELECT_CHALLENGE", "select_factor"],
  ["PASSWORD", "select_factor"],
  ["PASSWORD_SRP", "select_factor"],
  ["WEB_AUTHN", "passkey"],
]);

/** Gives the type of a challenge: `custom` for the operator's own, and for whatever is not known. */
export function challengeTypeOf(name: string): ChallengeType {
  return types.get(name) ?? "custom";
}

const mfaMethods: ReadonlyMap<unknown, MfaMethod> = new Map([
  ["SOFTWARE_TOKEN_MFA", "totp"],
  ["SMS_MFA", "sms_code"],
  ["EMAIL_OTP", "email_code"],
  ["EMAIL_MFA", "email_code"],
]);

/** Gives the second factor that Cognito names so. */
export function mfaMethodOf(name: unknown): MfaMethod | undefined {
  return mfaMethods.get(name);
}

const factors: ReadonlyMap<unknown, SignInFactor> = new Map([
  ["PASSWORD", "password"],
  ["PASSWORD_SRP", "password"],
  ["EMAIL_OTP", "email_code"],
  ["SMS_OTP", "sms_code"],
  ["WEB_AUTHN", "passkey"],
]);

/** Gives the first factor that Cognito names so. */
export function factorOf(name: unknown): SignInFactor | undefined {
  return factors.get(name);
}

/** Translates a list of Cognito's names, each meaning once, without names that have none. */
export function lookUpNames<Named>(
  names: readonly unknown[],
  namedBy: (name: unknown) => Named | undefined,
): readonly Named[] {
  return [...new Set(names.map(namedBy).filter((named) => named !== undefined))];
}
