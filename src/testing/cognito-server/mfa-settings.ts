import type { MfaPreferences } from "../../ports/index.ts";
import { mfaNames } from "./sign-in-answer.ts";

/** Says which second factors a user has switched on: nothing where there are none. */
export function mfaMembers({ enabled, preferred }: MfaPreferences): object {
  return {
    ...(enabled.length > 0 && { UserMFASettingList: enabled.map((method) => mfaNames[method]) }),
    ...(preferred && { PreferredMfaSetting: mfaNames[preferred] }),
  };
}
