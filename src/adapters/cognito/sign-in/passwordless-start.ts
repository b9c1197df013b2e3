import type { Capability } from "../../../domain/capabilities.ts";
import type { SignInFactor } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { AuthFlow } from "./auth-calls.ts";

/** The way that a sign-in without a password is begun: with `CUSTOM_AUTH`, or a factor, or the choice of one. */
export interface PasswordlessStart {
  readonly flow: "USER_AUTH" | "CUSTOM_AUTH";
  readonly preferred?: FactorName;
}

/** The ways to sign in that a pool is set up for. */
export interface PasswordlessSettings {
  readonly authFlow: AuthFlow;
  readonly capabilities: ReadonlySet<Capability>;
}

/** Cognito's names for the factors that stand for a password. */
const factorNames = {
  email_code: { capability: "email_code_sign_in", name: "EMAIL_OTP" },
  sms_code: { capability: "sms_code_sign_in", name: "SMS_OTP" },
  passkey: { capability: "passkeys", name: "WEB_AUTHN" },
} as const satisfies Partial<Record<SignInFactor, { capability: Capability; name: string }>>;

type FactorName = (typeof factorNames)[keyof typeof factorNames]["name"];

/**
 * Chooses the way to begin a sign-in without a password.
 *
 * @throws {IdentityError} `validation_failed` — with a password, which is not there
 * @throws {IdentityError} `not_supported` — the pool is not set up for the factor
 */
export function passwordlessStart(
  factor: SignInFactor | undefined,
  { authFlow, capabilities }: PasswordlessSettings,
): PasswordlessStart {
  if (factor === "password") {
    const violations = [{ path: ["password"], reason: "required" }];
    throw new IdentityError("validation_failed", { violations });
  }
  if (factor === undefined) {
    const offersChoice = Object.values(factorNames).some((one) => capabilities.has(one.capability));
    if (offersChoice || authFlow === "USER_AUTH") return { flow: "USER_AUTH" };
  } else if (factor !== "custom" && capabilities.has(factorNames[factor].capability)) {
    return { flow: "USER_AUTH", preferred: factorNames[factor].name };
  }
  const canBeCustom = factor === undefined || factor === "custom";
  if (!canBeCustom || !capabilities.has("custom_challenges")) {
    throw new IdentityError("not_supported");
  }
  return { flow: "CUSTOM_AUTH" };
}

/** Gives Cognito's names for what a user chooses from who has proven a mail address, and has no number and no passkey. */
export function usualFactorNames(capabilities: ReadonlySet<Capability>): readonly string[] {
  return ["PASSWORD", ...(capabilities.has("email_code_sign_in") ? ["EMAIL_OTP"] : [])];
}
