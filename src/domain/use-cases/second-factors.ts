import type { MfaPreferences, MfaState, Ports } from "../../ports/index.ts";
import type { TotpSecret } from "../challenge.ts";
import { IdentityError } from "../errors.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type NoticePorts, tellUser } from "./notices.ts";
import type { Caller } from "./sessions.ts";

type FactorPorts = NoticePorts & AuditPorts;

/** A secret for an authenticator app, and the same as a URI for it to scan. */
export interface TotpEnrolment extends TotpSecret {
  readonly uri: string;
}

/**
 * Tells which second factors the caller has switched on, and how many recovery codes are left.
 *
 * @throws {IdentityError} as `SecondFactors.getMfa`
 */
export async function getMfa(
  ports: Pick<Ports, "identity">,
  { accessToken }: Caller,
): Promise<MfaState> {
  return ports.identity.getMfa({ accessToken });
}

/**
 * Makes a secret for the caller's authenticator app.
 *
 * @param issuer - what the app shows the account under
 * @throws {IdentityError} as `SecondFactors.startTotp`
 */
export async function startTotp(
  ports: FactorPorts,
  { accessToken, principal }: Caller,
  issuer: string,
): Promise<TotpEnrolment> {
  const { secret } = await ports.identity.startTotp({ accessToken });
  const account = principal.kind === "user" ? principal.username : principal.subject;
  return { secret, uri: totpUri(secret, issuer, account) };
}

/**
 * Confirms that the caller's authenticator app has the secret.
 *
 * @throws {IdentityError} as `SecondFactors.confirmTotp`
 */
export async function confirmTotp(
  ports: FactorPorts,
  { accessToken, principal: { subject } }: Caller,
  input: { readonly code: string; readonly deviceName?: string },
): Promise<void> {
  const confirm = () => ports.identity.confirmTotp({ ...input, accessToken });
  await audited(ports, "mfa_change", confirm, { subject });
  tellUser(ports, "second_factors_changed", { accessToken });
}

/**
 * Replaces the caller's preferences.
 *
 * @throws {IdentityError} as `SecondFactors.setMfa`
 */
export async function setMfa(
  ports: FactorPorts,
  { accessToken, principal: { subject } }: Caller,
  preferences: MfaPreferences,
): Promise<void> {
  const { preferred, enabled } = preferences;
  if (preferred !== undefined && !enabled.includes(preferred)) {
    const violations = [{ path: ["preferred"], reason: "not_enabled" }];
    throw new IdentityError("validation_failed", { violations });
  }
  const set = () => ports.identity.setMfa({ ...preferences, accessToken });
  await audited(ports, "mfa_change", set, { subject });
  tellUser(ports, "second_factors_changed", { accessToken });
}

/**
 * Makes recovery codes for the caller, in the place of those before.
 *
 * @throws {IdentityError} as `SecondFactors.createRecoveryCodes`
 */
export async function createRecoveryCodes(
  ports: FactorPorts,
  { accessToken, principal: { subject } }: Caller,
): Promise<readonly string[]> {
  const create = () => ports.identity.createRecoveryCodes({ accessToken });
  const codes = await audited(ports, "recovery_codes_creation", create, { subject });
  tellUser(ports, "second_factors_changed", { accessToken });
  return codes;
}

/**
 * Writes a secret as the URI that authenticator apps scan, with the parameters that all of them assume: SHA-1, six
 * digits, thirty seconds.
 *
 * @param account - whose secret it is, as far as that is known: without it the label names the issuer alone
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function totpUri(secret: string, issuer: string, account?: string): string {
  const label = [issuer, ...(account === undefined ? [] : [account])]
    .map(encodeURIComponent)
    .join(":");
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
