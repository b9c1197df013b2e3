import type { Environment, ReadSettings } from "../adapters/shared/settings.ts";
import { type CreateCaptcha, captchaSettingNames, readCaptchaSettings } from "./captcha.ts";
import type { Place } from "./exposure.ts";
import {
  type CreatePasswordLists,
  passwordListSettingNames,
  readPasswordListSettings,
} from "./password-lists.ts";

/** The checks that requests pass before the provider is asked. */
export interface GuardSettings {
  /** Makes the captcha that has to be passed. */
  readonly captcha: CreateCaptcha;
  /** Makes the lists of passwords that nobody is to have. */
  readonly compromisedPasswords: CreatePasswordLists;
}

/** Every variable that {@link readGuardSettings} can look at. */
export function guardSettingNames(): readonly string[] {
  return [...captchaSettingNames(), ...passwordListSettingNames()];
}

/** Reads the settings of both. */
export function readGuardSettings(
  environment: Environment,
  place: Place,
): ReadSettings<GuardSettings> {
  const captcha = readCaptchaSettings(environment);
  const lists = readPasswordListSettings(environment, place);
  if (captcha.ok && lists.ok)
    return { ok: true, value: { captcha: captcha.value, compromisedPasswords: lists.value } };
  const faults = [captcha, lists].flatMap((read) => (read.ok ? [] : read.faults));
  return { ok: false, faults };
}
