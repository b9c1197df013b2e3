import type { Engine } from "../../../adapters/memory/engine.ts";
import {
  type CognitoException,
  invalidParameter,
  notAuthorized,
} from "../wire/cognito-exception.ts";
import type { Wording } from "./wording.ts";

/** The wording of operations about a user who cannot be sent a code to set a new password with. */
export function recoveryWording({ users }: Engine, name: string): Wording {
  return { recovery_unavailable: () => reasonFor(users.find(name)) };
}

function reasonFor(
  user: { readonly isEnabled: boolean; readonly status: string } | undefined,
): CognitoException {
  if (user?.isEnabled === false) return notAuthorized("User is disabled.");
  if (user?.status === "invited")
    return notAuthorized("User password cannot be reset in the current state.");
  return invalidParameter(
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
  );
}
