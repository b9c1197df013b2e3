import { type Catalogue, faultTextOf, isPorticoError, textOf } from "./client.ts";
import type { Explanation } from "./stage.ts";
import type { Labels } from "./texts/en.ts";

/** The fields that errors are about which name none, by their codes. */
const fields: Readonly<Record<string, readonly string[]>> = {
  code_mismatch: ["code"],
  code_expired: ["code"],
  invalid_credentials: ["current_password"],
  password_policy_violation: ["new_password", "password"],
  password_reused: ["new_password", "password"],
  password_compromised: ["new_password", "password"],
  username_taken: ["username"],
  alias_taken: ["email", "phone_number", "username"],
};

/** Says in words what went wrong, and what of it is about which field. */
export function explain(
  error: unknown,
  labels: Pick<Labels, "offline">,
  catalogue: Catalogue | undefined,
): Explanation {
  const isOffline = isPorticoError(error, "network_error") && navigator.onLine === false;
  if (isOffline || !catalogue) return { text: labels.offline, faults: [] };
  const text = textOf(error, catalogue);
  if (!isPorticoError(error)) return { text, faults: [] };
  const told = error.errors.map((fault) => ({
    pointers: [fault.pointer],
    text: faultTextOf(fault, catalogue),
  }));
  if (told.length > 0) return { text, faults: told };
  const names = fields[error.code];
  return { text, faults: names ? [{ pointers: names.map((name) => `/${name}`), text }] : [] };
}
