import type { MfaMethod, SignInFactor } from "../../../domain/challenge.ts";
import { contactsOf } from "../codes/contacts.ts";
import type { Contact } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { User } from "../users/user.ts";

/** Tells which kind of address codes of a kind go to. */
export function contactOfFactor(factor: "sms_code" | "email_code"): Contact {
  return factor === "email_code" ? "email" : "phone_number";
}

/** Gives the second factors that a user could switch on: of those that there are, the ones that were proven. */
export function availableMethods(user: User, settings: MemorySettings): readonly MfaMethod[] {
  if (settings.mfa === "off") return [];
  return settings.mfaMethods.filter((method) =>
    method === "totp" ? user.totp !== undefined : user.verified.has(contactOfFactor(method)),
  );
}

/**
 * Gives the second factors that a user is asked for: those that were switched on, and where one is required and none is,
 * codes to the addresses that were proven.
 */
export function requiredMethods(user: User, settings: MemorySettings): readonly MfaMethod[] {
  if (settings.mfa === "off") return [];
  const { enabled } = user.mfa;
  if (enabled.length > 0 || settings.mfa === "optional") return enabled;
  return availableMethods(user, settings).filter((method) => method !== "totp");
}

/** Tells where a reset code goes: to an address that was proven, and that no second factor goes to. */
export function recoveryContact(user: User, settings: MemorySettings): Contact | undefined {
  const taken = requiredMethods(user, settings).flatMap((method) =>
    method === "totp" ? [] : contactOfFactor(method),
  );
  return settings.recovery.find(
    (contact) => user.verified.has(contact) && !taken.includes(contact),
  );
}

/**
 * Tells whether a code can stand for a user's password, and where it then goes. Not with a second factor, as in Amazon
 * Cognito, and not before the account is the user's own.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
export function signInContact(
  user: User,
  factor: "sms_code" | "email_code",
  settings: MemorySettings,
): Contact | undefined {
  const contact = contactOfFactor(factor);
  const isFree = settings.mfa !== "required" && requiredMethods(user, settings).length === 0;
  if (!user.isEnabled || !isFree || !contactsOf(user).includes(contact)) return undefined;
  if (user.status === "unconfirmed") return contact;
  return user.status === "confirmed" && user.verified.has(contact) ? contact : undefined;
}

/**
 * Gives the factors that a user can choose to begin a sign-in with: the same for all, so that it does not tell who
 * exists.
 */
export function offeredFactors({
  signInFactors,
  passkeys,
}: MemorySettings): readonly SignInFactor[] {
  return passkeys ? [...signInFactors, "passkey"] : signInFactors;
}
