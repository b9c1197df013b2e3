import type { MfaMethod } from "../../../domain/challenge.ts";
import type { MfaPreferences } from "../../../ports/index.ts";
import { mfaNames } from "../answers/factor-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { choice, flag, list, type Read, structure } from "../wire/constraints.ts";
import { attributeName } from "../wire/members.ts";

const settings = structure({ Enabled: flag(), PreferredMfa: flag() });

/** The members that can be said of the second factors of a user. */
export const mfaChoices = {
  SMSMfaSettings: settings,
  SoftwareTokenMfaSettings: settings,
  EmailMfaSettings: settings,
  WebAuthnMfaSettings: structure({ Enabled: flag() }),
};
export type MfaChoices = Read<typeof mfaChoices>;

const methods = {
  SMSMfaSettings: "sms_code",
  SoftwareTokenMfaSettings: "totp",
  EmailMfaSettings: "email_code",
} as const satisfies Record<string, MfaMethod>;

/** The older form of a user's choices, which knows codes by text message only. */
export const mfaOptions = list(
  structure({ DeliveryMedium: choice("SMS", "EMAIL"), AttributeName: attributeName }),
);
export type MfaOptions = NonNullable<ReturnType<typeof mfaOptions>>;

/** Says which second factors a user has switched on: nothing where there are none. */
export function mfaMembers({ enabled, preferred }: MfaPreferences): object {
  return {
    ...(enabled.length > 0 && { UserMFASettingList: enabled.map((method) => mfaNames[method]) }),
    ...(preferred && { PreferredMfaSetting: mfaNames[preferred] }),
  };
}

/** Says in the older form whether a user has codes by text message switched on: nothing where not. */
export function mfaOptionMembers({ enabled }: MfaPreferences): object {
  if (!enabled.includes("sms_code")) return {};
  return { MFAOptions: [{ DeliveryMedium: "SMS", AttributeName: "phone_number" }] };
}

/**
 * Gives preferences with codes by text message switched on, or off where no option is given.
 *
 * @throws {CognitoException} `InvalidParameter` — an option is another than codes to the telephone number
 */
export function withSmsOption(current: MfaPreferences, options: MfaOptions): MfaPreferences {
  for (const { DeliveryMedium, AttributeName } of options)
    if (DeliveryMedium !== "SMS" || AttributeName !== "phone_number")
      throw invalidParameter("MFAOptions can only be SMS with the attribute phone_number.");
  return withChoices(current, { SMSMfaSettings: { Enabled: options.length > 0 } });
}

/**
 * Gives preferences with choices made. What nothing is said of stays.
 *
 * @throws {CognitoException} `InvalidParameter` — more than one is to be preferred, or a passkey is to be one
 */
export function withChoices(current: MfaPreferences, choices: MfaChoices): MfaPreferences {
  if (choices.WebAuthnMfaSettings?.Enabled)
    throw invalidParameter("This server does not do passkeys as second factors.");
  const named = Object.entries(methods) as [keyof typeof methods, MfaMethod][];
  const enabled = new Set(current.enabled);
  let { preferred } = current;
  const wanted = named.filter(([name]) => choices[name]?.PreferredMfa);
  if (wanted.length > 1) throw invalidParameter("Only one MFA can be preferred.");
  for (const [name, method] of named) {
    const { Enabled, PreferredMfa } = choices[name] ?? {};
    if (Enabled === true) enabled.add(method);
    if (Enabled === false) enabled.delete(method);
    if (PreferredMfa === true) preferred = method;
    else if (preferred === method && (PreferredMfa === false || Enabled === false))
      preferred = undefined;
  }
  return { enabled: [...enabled], ...(preferred && { preferred }) };
}
