import type { SignInFactor } from "../../domain/challenge.ts";
import { passwordMaxLength } from "../../domain/credentials.ts";
import {
  characterKinds,
  type NameKind,
  type PasswordRules,
  type ProviderSetUp,
} from "../../domain/set-up.ts";
import type { PasswordPolicy } from "./credentials/password-policy.ts";
import { contacts } from "./settings/options.ts";
import type { MemorySettings } from "./settings/settings.ts";
import { nameContacts } from "./users/sign-in-names.ts";

/** Tells how a provider is set up. */
export function setUpOf(settings: MemorySettings): ProviderSetUp {
  const { allowSignUp, signInModel, mfa, recovery } = settings;
  const addresses = nameContacts(signInModel);
  const names: readonly NameKind[] = addresses.length > 0 ? addresses : ["username"];
  return {
    signUp: {
      isOpen: allowSignUp,
      names,
      requiredAttributes: requiredAttributesOf(settings),
      confirmation: confirmationOf(settings),
    },
    signIn: {
      names: [...names, ...aliasesOf(settings)],
      firstFactors: firstFactorsOf(settings),
    },
    isSecondFactorRequired: mfa === "required",
    canRecover: recovery.length > 0,
    password: passwordRulesOf(settings.passwordPolicy),
  };
}

/** An account under an address has that address without being told twice. */
function requiredAttributesOf({ signInModel, requiredAttributes }: MemorySettings) {
  const names: readonly string[] = nameContacts(signInModel);
  return requiredAttributes.filter((name) => names.length !== 1 || !names.includes(name));
}

function confirmationOf({
  autoConfirm,
  signUpApproval,
  autoVerified,
  signInModel,
}: MemorySettings) {
  if (autoConfirm || signUpApproval) return [];
  const names = nameContacts(signInModel);
  const proven = autoVerified ?? (names.length > 0 ? names : contacts);
  return contacts.filter((contact) => proven.includes(contact));
}

/** A code stands for a password only where nobody has to show more: see `signInContact`. */
function firstFactorsOf({ signInFactors, mfa }: MemorySettings): readonly SignInFactor[] {
  const own =
    mfa === "required" ? signInFactors.filter((one) => one === "password") : signInFactors;
  return [...own, "passkey", "custom"];
}

/** A preferred user name is a user name to whoever types it. */
function aliasesOf({ signInModel, aliases }: MemorySettings) {
  if (signInModel !== "alias") return [];
  return contacts.filter((contact) => aliases.includes(contact));
}

function passwordRulesOf(policy: PasswordPolicy): PasswordRules {
  const isRequired = {
    lowercase: policy.requireLowercase,
    uppercase: policy.requireUppercase,
    digit: policy.requireDigit,
    symbol: policy.requireSymbol,
  };
  return {
    minLength: policy.minimumLength,
    maxLength: passwordMaxLength,
    requires: characterKinds.filter((kind) => isRequired[kind]),
  };
}
