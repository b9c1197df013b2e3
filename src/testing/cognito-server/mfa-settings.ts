import type { MfaMethod } from "../../domain/challenge.ts";
import type { MfaPreferences } from "../../ports/index.ts";
import { invalidParameter } from "./cognito-exception.ts";
import { flag, type Read, structure } from "./constraints.ts";
import { mfaNames } from "./sign-in-answer.ts";

const settings = structure({ Enabled: flag(), PreferredMfa: flag() });

/** What can be said of the second factors of a user. */
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

/** Says which second factors a user has switched on: nothing where there are none. */
export function mfaMembers({ enabled, preferred }: MfaPreferences): object {
  return {
    ...(enabled.length > 0 && { UserMFASettingList: enabled.map((method) => mfaNames[method]) }),
    ...(preferred && { PreferredMfaSetting: mfaNames[preferred] }),
  };
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
