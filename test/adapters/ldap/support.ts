import { inspect } from "node:util";
import type { DirectorySettings } from "../../../src/adapters/ldap/settings.ts";
import { createProvider, settingsFor } from "../../contract/ldap-harness.ts";

export const password = "Correct-Horse-7";

/** Makes the provider over an address without TLS, with little time, and none of its own locks. */
export function providerAt(url: string, settings: Partial<DirectorySettings> = {}) {
  const directory = { ...settingsFor({ secureUrl: url, ca: "" }), ca: undefined, timeoutMs: 1000 };
  return createProvider({ ...directory, ...settings }, Date, { passwordLockout: false });
}

/** The code of what a call throws, with all that a log could show of it: or that it ended well. */
export async function outcomeOf(call: Promise<unknown>) {
  try {
    return { code: "none", shown: inspect(await call, { depth: 10 }) };
  } catch (error) {
    const { code } = error as { readonly code: string };
    return { code, shown: inspect(error, { depth: 10, showHidden: true }) };
  }
}
