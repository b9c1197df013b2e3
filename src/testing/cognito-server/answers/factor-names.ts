import type { MfaMethod, SignInFactor } from "../../../domain/challenge.ts";

/** Cognito's names of the factors that a sign-in can begin with. */
export const factorNames: Readonly<Record<SignInFactor, string>> = {
  password: "PASSWORD",
  email_code: "EMAIL_OTP",
  sms_code: "SMS_OTP",
  passkey: "WEB_AUTHN",
  custom: "CUSTOM_CHALLENGE",
};

/** Cognito's names of second factors. */
export const mfaNames: Readonly<Record<MfaMethod, string>> = {
  totp: "SOFTWARE_TOKEN_MFA",
  sms_code: "SMS_MFA",
  email_code: "EMAIL_OTP",
};
