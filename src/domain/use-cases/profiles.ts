import type { AttributeDelivery, Ports } from "../../ports/index.ts";
import type { WithClientMetadata } from "../client-metadata.ts";
import type { AttributeValues, Delivery, Profile } from "../user.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type NoticePorts, recipientBefore, tellOfAddresses, tellOwner } from "./notices.ts";
import { endingAccess } from "./revocations.ts";
import type { Caller } from "./sessions.ts";

type ProfilePorts = Pick<Ports, "identity"> & AuditPorts;

/**
 * Gives the caller's profile as the provider has it now.
 *
 * @throws {IdentityError} as `Profiles.getProfile`
 */
export async function getProfile(ports: Pick<Ports, "identity">, caller: Caller): Promise<Profile> {
  return ports.identity.getProfile({ accessToken: caller.accessToken });
}

/**
 * Deletes the caller's account for good, and ends every access token of it.
 *
 * @throws {IdentityError} `provider_unavailable` — the account is gone, but its access tokens may not be
 * @throws {IdentityError} as `Profiles.deleteAccount`
 */
export async function deleteAccount(
  ports: ProfilePorts & Pick<Ports, "revocations">,
  { accessToken, principal }: Caller,
): Promise<void> {
  const remove = () =>
    endingAccess(ports, principal, () => ports.identity.deleteAccount({ accessToken }));
  await audited(ports, "account_deletion", remove, { subject: principal.subject });
}

/**
 * Sets attributes of the caller; a blank value deletes one.
 *
 * @returns the attributes that have to be confirmed, and where their codes went
 * @throws {IdentityError} as `Profiles.updateAttributes`
 */
export async function updateProfile(
  ports: ProfilePorts & NoticePorts,
  { accessToken, principal: { subject } }: Caller,
  changes: { readonly attributes: AttributeValues } & WithClientMetadata,
): Promise<readonly AttributeDelivery[]> {
  const { email, phone_number: phoneNumber } = changes.attributes;
  const isOfAddress = email !== undefined || phoneNumber !== undefined;
  const before = isOfAddress ? await recipientBefore(ports, { accessToken }) : undefined;
  const update = () => ports.identity.updateAttributes({ ...changes, accessToken });
  try {
    const deliveries = await audited(ports, "profile_update", update, { subject });
    tellOfAddresses(ports, before, changes.attributes);
    return deliveries;
  } catch (error) {
    tellOwner(ports, error, { email, isAlone: phoneNumber === undefined });
    throw error;
  }
}

/**
 * Sends the caller a code to prove an address with.
 *
 * @throws {IdentityError} as `Profiles.startAttributeVerification`
 */
export async function startAttributeVerification(
  ports: ProfilePorts,
  { accessToken }: Caller,
  attribute: string,
): Promise<Delivery | undefined> {
  return ports.identity.startAttributeVerification({ accessToken, attribute });
}

/**
 * Proves an address of the caller.
 *
 * @throws {IdentityError} as `Profiles.confirmAttribute`
 */
export async function confirmAttribute(
  ports: ProfilePorts,
  { accessToken, principal: { subject } }: Caller,
  input: { readonly attribute: string; readonly code: string },
): Promise<void> {
  const confirm = () => ports.identity.confirmAttribute({ ...input, accessToken });
  await audited(ports, "attribute_verification", confirm, { subject });
}
