import type { Ports } from "../../ports/index.ts";
import type { Capability } from "../capabilities.ts";
import type { CaptchaOperation } from "../captcha.ts";
import { type MfaMethod, mfaMethods, type SignInFactor, signInFactors } from "../challenge.ts";
import { passwordMaxLength, passwordMinLength } from "../credentials.ts";
import {
  type ContactKind,
  firstFactorCapabilities,
  type NameKind,
  type PasswordRules,
  type ProviderSetUp,
  secondFactorCapabilities,
} from "../set-up.ts";

/** The parts of a service that a page has to know of before it draws itself. What is not known is left out. */
export interface ServiceCapabilities {
  readonly signUp: {
    readonly status: "open" | "approval" | "closed";
    readonly usernames?: readonly NameKind[];
    readonly requiredAttributes?: readonly string[];
    readonly confirmation?: readonly ContactKind[];
    /** Whether the code of a sign-up is sent along with the password that the account is to have. */
    readonly confirmationPassword: boolean;
  };
  readonly signIn: {
    readonly usernames?: readonly NameKind[];
    readonly firstFactors: readonly SignInFactor[];
    readonly codeResend: boolean;
  };
  readonly secondFactors: {
    readonly available: readonly MfaMethod[];
    readonly required?: boolean;
    /** Whether users can have codes for the day that a second factor is lost. */
    readonly recoveryCodes: boolean;
  };
  readonly passkeys: boolean;
  readonly password?: PasswordRules;
  readonly recovery: boolean;
  readonly account: {
    readonly profile: boolean;
    readonly deletion: boolean;
    readonly passwordChange: boolean;
    readonly sessionList: boolean;
    readonly signOutEverywhere: boolean;
  };
  readonly browserSessions: boolean;
  readonly captcha?: {
    readonly operations: readonly CaptchaOperation[];
    readonly provider?: string;
    readonly siteKey?: string;
  };
}

/**
 * Describes all that the service can do and asks for. It asks the back end nothing that could fail, and leaves out all that
 * the provider does not know of itself.
 */
export async function serviceCapabilities({
  identity,
  captcha,
  seal,
}: Pick<Ports, "identity" | "captcha" | "seal">): Promise<ServiceCapabilities> {
  const setUp = (await identity.setUp?.()) ?? {};
  const has = (name: Capability) => identity.capabilities.has(name);
  const firstFactors = firstFactorsOf(setUp, has);
  return {
    signUp: signUpOf(setUp, has),
    signIn: {
      ...(setUp.signIn?.names && { usernames: setUp.signIn.names }),
      firstFactors,
      codeResend: has("challenge_code_resend"),
    },
    secondFactors: secondFactorsOf(setUp, has),
    passkeys: firstFactors.includes("passkey"),
    ...(setUp.password && { password: withOwnRules(setUp.password) }),
    recovery: has("password_recovery") && setUp.canRecover !== false,
    account: {
      profile: has("profile"),
      deletion: has("profile"),
      passwordChange: has("password_change"),
      sessionList: has("session_list"),
      signOutEverywhere: has("sign_out_everywhere"),
    },
    browserSessions: seal !== undefined,
    ...(captcha && { captcha: captchaOf(captcha) }),
  };
}

type Has = (name: Capability) => boolean;

function signUpOf({ signUp = {} }: ProviderSetUp, has: Has): ServiceCapabilities["signUp"] {
  const { isOpen = true, names: usernames, requiredAttributes, confirmation } = signUp;
  const confirmationPassword = has("confirmation_password");
  if (!has("sign_up") || !isOpen) return { status: "closed", confirmationPassword };
  return {
    status: has("sign_up_approval") ? "approval" : "open",
    ...(usernames && { usernames }),
    ...(requiredAttributes && { requiredAttributes }),
    ...(confirmation && { confirmation }),
    confirmationPassword,
  };
}

function firstFactorsOf({ signIn }: ProviderSetUp, has: Has): readonly SignInFactor[] {
  const { firstFactors = signInFactors } = signIn ?? {};
  return signInFactors.filter(
    (factor) =>
      firstFactors.includes(factor) &&
      (factor === "password" || has(firstFactorCapabilities[factor])),
  );
}

function secondFactorsOf(
  { secondFactors = mfaMethods, isSecondFactorRequired: required }: ProviderSetUp,
  has: Has,
): ServiceCapabilities["secondFactors"] {
  const available = mfaMethods.filter(
    (method) => secondFactors.includes(method) && has(secondFactorCapabilities[method]),
  );
  const recoveryCodes = has("recovery_codes");
  return { available, ...(required !== undefined && { required }), recoveryCodes };
}

/** The rules that hold for every provider go before its own. */
function withOwnRules({ minLength, maxLength, requires }: PasswordRules): PasswordRules {
  return {
    minLength: Math.max(minLength, passwordMinLength),
    maxLength: Math.min(maxLength, passwordMaxLength),
    requires,
  };
}

function captchaOf({
  operations,
  provider,
  siteKey,
}: NonNullable<Ports["captcha"]>): NonNullable<ServiceCapabilities["captcha"]> {
  return {
    operations,
    ...(provider !== undefined && { provider }),
    ...(siteKey !== undefined && { siteKey }),
  };
}
