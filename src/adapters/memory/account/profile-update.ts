import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import type { AttributeDelivery } from "../../../ports/index.ts";
import type { CodeTarget } from "../codes/one-time-codes.ts";
import type { Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { contactOfFactor } from "../factors/second-factor-methods.ts";
import { type Contact, contacts } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { checkAttributes, requireWritable } from "../users/attributes.ts";
import { nameContacts } from "../users/sign-in-names.ts";
import type { User } from "../users/user.ts";
import { countVerification, sendVerification } from "./attribute-verification.ts";

/** Sets attributes of a user, as `Profiles.updateAttributes` does. */
export async function updateAttributes(
  engine: Engine,
  { key, user }: UserAccount,
  attributes: AttributeValues,
): Promise<readonly AttributeDelivery[]> {
  const { settings, users } = engine;
  const isProvenFirst = provenFirst(settings);
  checkChanges(engine, user, attributes, isProvenFirst);
  await settings.pause();
  const targets = newTargets(user, attributes, settings);
  for (const target of targets) await countVerification(engine, { key, user }, target);
  const changed = users.put(withChanges(user, attributes, isProvenFirst));
  const deliveries: AttributeDelivery[] = [];
  for (const target of targets) {
    const delivery = await sendVerification(engine, { key, user: changed }, target);
    deliveries.push({ attribute: target.contact, delivery });
  }
  return deliveries;
}

/** Gives the new addresses that are to get a code. */
function newTargets(
  user: User,
  attributes: AttributeValues,
  { autoVerified = contacts }: MemorySettings,
): readonly CodeTarget[] {
  return contacts.flatMap((contact) => {
    const address = attributes[contact];
    if (!address || address === user.attributes[contact]) return [];
    return autoVerified.includes(contact) ? [{ contact, address }] : [];
  });
}

/**
 * Checks changes of attributes, of which a blank value deletes one: not one that the account may not be without, and no
 * address that codes of a second factor go to, which would be gone without a word. Whose an address is that is proven
 * first, turns out with its code: before that it is not for others to hear that it is somebody's.
 *
 * @throws {IdentityError} `attribute_not_writable` `validation_failed` `alias_taken` — as `Profiles.updateAttributes`
 */
export function checkChanges(
  { settings, users }: Pick<Engine, "settings" | "users">,
  user: User,
  attributes: AttributeValues,
  isProvenFirst: (contact: Contact) => boolean = () => false,
): void {
  const entries = Object.entries(attributes);
  requireWritable(
    entries.map(([name]) => name),
    settings,
  );
  checkAttributes(Object.fromEntries(entries.filter(([, value]) => value !== "")), settings);
  const names = nameContacts(settings.signInModel);
  const isNameless = names.every(
    (name) => (attributes[name] ?? user.attributes[name] ?? "") === "",
  );
  const required = [...settings.requiredAttributes, ...(isNameless ? names : [])];
  const needed = user.mfa.enabled.filter((method) => method !== "totp").map(contactOfFactor);
  for (const [name, value] of entries) {
    if (value !== "") continue;
    if (required.includes(name)) throw invalid(["attributes", name], "required");
    if (needed.some((contact) => contact === name))
      throw invalid(["attributes", name], "second_factor");
  }
  const taking = names.filter((name) => !isProvenFirst(name));
  const owners = taking.flatMap((name) => users.find(attributes[name] ?? "") ?? []);
  if (owners.some(({ subject }) => subject !== user.subject))
    throw new IdentityError("alias_taken");
}

/** Tells which kinds of addresses count only once they were proven. */
function provenFirst({ verifyBeforeUpdate }: MemorySettings): (contact: Contact) => boolean {
  return (contact) =>
    typeof verifyBeforeUpdate === "boolean"
      ? verifyBeforeUpdate
      : verifyBeforeUpdate.includes(contact);
}

/**
 * Gives a user with attributes changed.
 *
 * @param isProvenFirst - whether a new address waits beside the old one until it was proven, or counts at once
 */
export function withChanges(
  user: User,
  attributes: AttributeValues,
  isProvenFirst: (contact: Contact) => boolean,
): User {
  let changed = user;
  for (const [name, value] of Object.entries(attributes)) {
    const contact = contacts.find((candidate) => candidate === name);
    changed = contact
      ? withAddress(changed, contact, value, isProvenFirst(contact))
      : { ...changed, attributes: withValue(changed.attributes, name, value) };
  }
  return changed;
}

function withAddress(user: User, contact: Contact, address: string, isProvenFirst: boolean): User {
  const isSame = address === user.attributes[contact];
  const isWaiting = isProvenFirst && !isSame && address !== "";
  const unproven = { ...user.unproven, [contact]: isWaiting ? address : undefined };
  if (isSame || isWaiting) return { ...user, unproven };
  const verified = new Set(user.verified);
  verified.delete(contact);
  const attributes = withValue(user.attributes, contact, address);
  return { ...user, unproven, verified, attributes };
}

function withValue(attributes: AttributeValues, name: string, value: string): AttributeValues {
  const { [name]: _, ...others } = attributes;
  return value === "" ? others : { ...others, [name]: value };
}
