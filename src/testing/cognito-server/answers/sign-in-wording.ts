import type { Tenant } from "../directory/directory.ts";
import { weakPassword } from "./violations.ts";
import { locked, noSuchUser, say, type Wording, wrongCredentials } from "./wording.ts";

/** Of codes in a sign-in. */
export const wrongSignInCode = say("CodeMismatch", "Invalid code or auth state for the user.");
const usedCode = say("ExpiredCode", "Your software token has already been used once.");

/** The wording of sign-ins about what the engine refuses. */
export function signInWording({ client }: Pick<Tenant, "client">): Wording {
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return {
    invalid_credentials: (error, reason) => {
      const isTold = reason === "user_not_found" && !isHidden;
      return (isTold ? noSuchUser : wrongCredentials)(error, reason);
    },
    too_many_attempts: locked,
    code_mismatch: (error, reason) =>
      (reason === "totp_replayed" ? usedCode : wrongSignInCode)(error, reason),
    password_policy_violation: weakPassword("Password did not conform with policy"),
    mfa_not_available: say("SoftwareTokenMFANotFound", "Software Token MFA has not been enabled."),
    passkey_rejected: wrongCredentials,
    not_supported: say("InvalidParameter", "Initiate Auth method not supported."),
  };
}
