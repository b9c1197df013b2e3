import type { Passkeys } from "../../ports/index.ts";
import { notSupported } from "./not-supported.ts";

/** Makes the facet through which passkeys are registered. */
export function createPasskeys(): Passkeys {
  return {
    startPasskeyRegistration: notSupported,
    finishPasskeyRegistration: notSupported,
    listPasskeys: notSupported,
    deletePasskey: notSupported,
  };
}
