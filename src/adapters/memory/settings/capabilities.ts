import { type Capability, capabilities } from "../../../domain/capabilities.ts";
import type { MemorySettings } from "./settings.ts";

/** Gives the capabilities of a provider that is set up like this. */
export function capabilitiesOf(settings: MemorySettings): ReadonlySet<Capability> {
  const { mfa, mfaMethods, signInFactors, customChallenge, signUpApproval, passkeys } = settings;
  const methods = mfa === "off" ? [] : mfaMethods;
  const isThere = {
    sign_up: true,
    sign_out: true,
    sign_out_everywhere: true,
    password_recovery: true,
    password_change: true,
    profile: true,
    // Of providers that have no more than that.
    profile_reading: false,
    user_listing: false,
    totp_mfa: methods.includes("totp"),
    sms_mfa: methods.includes("sms_code"),
    email_mfa: methods.includes("email_code"),
    email_code_sign_in: signInFactors.includes("email_code"),
    sms_code_sign_in: signInFactors.includes("sms_code"),
    passkeys: passkeys !== undefined,
    custom_challenges: customChallenge !== undefined,
    session_list: true,
    administration: true,
    groups: true,
    sign_up_approval: signUpApproval,
    password_change_keeps_session: true,
    confirmation_password: true,
    challenge_code_resend: true,
    recovery_codes: hasSecondFactors(settings),
  } satisfies Record<Capability, boolean>;
  return new Set(capabilities.filter((name) => isThere[name]));
}

/** Whether there is any second factor to switch on. */
export function hasSecondFactors({
  mfa,
  mfaMethods,
}: Pick<MemorySettings, "mfa" | "mfaMethods">): boolean {
  return mfa !== "off" && mfaMethods.length > 0;
}
