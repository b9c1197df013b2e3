import type { poolMfaMembers } from "../settings/mfa-members.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import type { Read } from "../wire/constraints.ts";
import type { UserPool } from "./directory.ts";

/**
 * Gives the changes of a pool whose second factors are set: a factor that nothing is said of is none.
 *
 * @throws {CognitoException} `InvalidParameter` — there is to be a second factor and none that it could be, or passkeys
 *   are to be second factors
 */
export function changedMfa(
  { configuration: pool, mfa }: UserPool,
  input: Read<typeof poolMfaMembers>,
): Pick<UserPool, "configuration" | "mfa"> {
  const { MfaConfiguration: configuration = "OFF", WebAuthnConfiguration } = input;
  const { SmsMfaConfiguration: sms, EmailMfaConfiguration: email } = input;
  const methods = [
    ...(input.SoftwareTokenMfaConfiguration?.Enabled ? (["totp"] as const) : []),
    ...(sms ? (["sms_code"] as const) : []),
    ...(email ? (["email_code"] as const) : []),
  ];
  if (configuration !== "OFF" && methods.length === 0)
    throw invalidParameter("Invalid MFA configuration given, can't disable all MFAs.");
  if (WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION")
    throw invalidParameter("This server does not do passkeys as second factors.");
  const webAuthn = WebAuthnConfiguration ?? mfa.webAuthn;
  return {
    configuration: { ...pool, ...sms },
    mfa: { configuration, methods, ...(email && { email }), ...(webAuthn && { webAuthn }) },
  };
}
