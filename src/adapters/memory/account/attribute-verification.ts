import type { Delivery } from "../../../domain/user.ts";
import { type CodeTarget, provenTarget } from "../codes/one-time-codes.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import { countUnprovenAddress } from "../limits/unproven-addresses.ts";
import type { Contact } from "../settings/options.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import type { User } from "../users/user.ts";

/** Sends a code that proves an address, as `Profiles.startAttributeVerification` does. */
export async function startAttributeVerification(
  engine: Engine,
  account: UserAccount,
  attribute: string,
): Promise<Delivery> {
  const contact = contactNamed(attribute);
  const address = addressToProve(account.user, contact);
  if (address === undefined) throw invalid(["attribute"], "missing");
  await countVerification(engine, account, { contact, address });
  return sendVerification(engine, account, { contact, address });
}

/**
 * Counts a code that is about to be sent, for the account and, where it has yet to be proven, for the address: it may be a
 * stranger's.
 *
 * @throws {IdentityError} `too_many_attempts` — too many codes were asked for, or were sent there
 */
export async function countVerification(
  { limits }: Pick<Engine, "limits">,
  account: UserAccount,
  target: CodeTarget,
): Promise<void> {
  await limits.take(account, "verificationsPerHour");
  await countUnprovenAddress(limits, account, target);
}

/** Sends a code to an address that is to be proven. */
export async function sendVerification(
  { codes, courier }: Engine,
  account: UserAccount,
  target: CodeTarget,
): Promise<Delivery> {
  const code = await codes.issue(account, `verify_${target.contact}`, target);
  return courier.send(account.user, { purpose: "attribute_verification", code, ...target });
}

/** Proves an address with a code and makes it count, as `Profiles.confirmAttribute` does. */
export async function confirmAttribute(
  { codes, users }: Engine,
  account: UserAccount,
  { attribute, code }: { readonly attribute: string; readonly code: string },
): Promise<void> {
  const contact = contactNamed(attribute);
  const purpose = `verify_${contact}` as const;
  const { address } = provenTarget(await codes.attempt(account, purpose, code));
  const { user } = account;
  if (addressToProve(user, contact) !== address) throw refused("code_expired", "no_code");
  users.put({
    ...user,
    attributes: { ...user.attributes, [contact]: address },
    verified: new Set(user.verified).add(contact),
    unproven: { ...user.unproven, [contact]: undefined },
  });
  await codes.spend(account, purpose);
}

/** Gives the address of a kind that is to be proven: the new one, or else the one in use. */
function addressToProve({ unproven, attributes }: User, contact: Contact): string | undefined {
  return unproven[contact] ?? attributes[contact];
}

function contactNamed(attribute: string): Contact {
  if (attribute === "email" || attribute === "phone_number") return attribute;
  throw invalid(["attribute"], "not_an_address");
}
