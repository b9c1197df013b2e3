import type { Passkeys } from "../../../ports/index.ts";
import { notSupported } from "../errors.ts";

/** Makes the passkeys facet of the port: there are none. */
export function createPasskeys(): Passkeys {
  return {
    startPasskeyRegistration: notSupported,
    finishPasskeyRegistration: notSupported,
    listPasskeys: notSupported,
    deletePasskey: notSupported,
  };
}
