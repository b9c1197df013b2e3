import type { ServiceCapabilities } from "../../domain/use-cases/service-capabilities.ts";
import type { Capabilities } from "../schemas/capabilities.ts";
import type { Input } from "../schemas/registry.ts";

type View = Input<typeof Capabilities>;

/** Names the capabilities of the service as the wire does. */
export function capabilitiesView(service: ServiceCapabilities): View {
  const { secondFactors, passkeys, password, recovery, account, captcha } = service;
  return {
    sign_up: signUpView(service.signUp),
    sign_in: signInView(service.signIn),
    second_factors: secondFactorsView(secondFactors),
    passkeys,
    ...(password && {
      password: {
        min_length: password.minLength,
        max_length: password.maxLength,
        requires: [...password.requires],
      },
    }),
    recovery,
    account: {
      profile: account.profile,
      deletion: account.deletion,
      password_change: account.passwordChange,
      session_list: account.sessionList,
      sign_out_everywhere: account.signOutEverywhere,
    },
    browser_sessions: service.browserSessions,
    ...(captcha && { captcha: captchaView(captcha) }),
  };
}

function signUpView(signUp: ServiceCapabilities["signUp"]): View["sign_up"] {
  const { status, usernames, requiredAttributes, confirmation, confirmationPassword } = signUp;
  return {
    status,
    ...(usernames && { usernames: [...usernames] }),
    ...(requiredAttributes && { required_attributes: [...requiredAttributes] }),
    ...(confirmation && { confirmation: [...confirmation] }),
    confirmation_password: confirmationPassword,
  };
}

function signInView(signIn: ServiceCapabilities["signIn"]): View["sign_in"] {
  const { usernames, firstFactors, codeResend } = signIn;
  return {
    ...(usernames && { usernames: [...usernames] }),
    first_factors: [...firstFactors],
    code_resend: codeResend,
  };
}

function secondFactorsView({
  available,
  required,
  recoveryCodes,
}: ServiceCapabilities["secondFactors"]): View["second_factors"] {
  return {
    available: [...available],
    ...(required !== undefined && { required }),
    recovery_codes: recoveryCodes,
  };
}

function captchaView({
  operations,
  provider,
  siteKey,
}: NonNullable<ServiceCapabilities["captcha"]>): NonNullable<View["captcha"]> {
  return {
    operations: [...operations],
    ...(provider !== undefined && { provider }),
    ...(siteKey !== undefined && { site_key: siteKey }),
  };
}
