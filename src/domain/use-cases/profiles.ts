import type { Ports } from "../../ports/index.ts";
import type { Profile } from "../user.ts";
import { type AuditPorts, audited } from "./audited.ts";
import type { Caller } from "./sessions.ts";

/**
 * Gives the caller's profile as the provider has it now.
 *
 * @throws {IdentityError} as `Profiles.getProfile`
 */
export async function getProfile(ports: Pick<Ports, "identity">, caller: Caller): Promise<Profile> {
  return ports.identity.getProfile({ accessToken: caller.accessToken });
}

/**
 * Deletes the caller's account for good.
 *
 * @throws {IdentityError} as `Profiles.deleteAccount`
 */
export async function deleteAccount(
  ports: Pick<Ports, "identity"> & AuditPorts,
  caller: Caller,
): Promise<void> {
  const remove = () => ports.identity.deleteAccount({ accessToken: caller.accessToken });
  await audited(ports, "account_deletion", remove, caller.principal.subject);
}
