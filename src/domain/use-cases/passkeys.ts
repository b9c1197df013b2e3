import type { Ports } from "../../ports/index.ts";
import type { JsonObject } from "../challenge.ts";
import type { Passkey } from "../passkey.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type NoticePorts, tellUser } from "./notices.ts";
import type { Caller } from "./sessions.ts";

type PasskeyPorts = NoticePorts & AuditPorts;

/**
 * Gives the caller's browser what it needs to make a passkey.
 *
 * @throws {IdentityError} as `Passkeys.startPasskeyRegistration`
 */
export async function startPasskeyRegistration(
  ports: PasskeyPorts,
  { accessToken }: Caller,
): Promise<JsonObject> {
  return ports.identity.startPasskeyRegistration({ accessToken });
}

/**
 * Registers a passkey of the caller's.
 *
 * @throws {IdentityError} as `Passkeys.finishPasskeyRegistration`
 */
export async function finishPasskeyRegistration(
  ports: PasskeyPorts,
  { accessToken, principal: { subject } }: Caller,
  credential: JsonObject,
): Promise<void> {
  const finish = () => ports.identity.finishPasskeyRegistration({ accessToken, credential });
  await audited(ports, "passkey_change", finish, { subject });
  tellUser(ports, "second_factors_changed", { accessToken });
}

/**
 * Lists the caller's passkeys.
 *
 * @throws {IdentityError} as `Passkeys.listPasskeys`
 */
export async function listPasskeys(
  ports: Pick<Ports, "identity">,
  { accessToken }: Caller,
): Promise<readonly Passkey[]> {
  return ports.identity.listPasskeys({ accessToken });
}

/**
 * Removes a passkey of the caller's.
 *
 * @throws {IdentityError} as `Passkeys.deletePasskey`
 */
export async function deletePasskey(
  ports: PasskeyPorts,
  { accessToken, principal: { subject } }: Caller,
  id: string,
): Promise<void> {
  const remove = () => ports.identity.deletePasskey({ accessToken, id });
  await audited(ports, "passkey_change", remove, { subject });
  tellUser(ports, "second_factors_changed", { accessToken });
}
