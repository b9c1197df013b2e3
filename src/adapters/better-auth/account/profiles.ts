import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues, Delivery, Profile } from "../../../domain/user.ts";
import type { AttributeDelivery, Profiles } from "../../../ports/index.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import { invalid } from "../errors.ts";
import {
  acceptAttributes,
  readableAttributes,
  withAttributeChanges,
} from "../stores/attributes.ts";
import { type Contact, provenContact } from "../stores/one-time-codes.ts";

const purpose = "attribute_verification";

/** Makes the profiles facet of the port. */
export function createProfiles(run: RunOnEngine): Profiles {
  return {
    getProfile: ({ accessToken }) =>
      run(({ accounts }) => accounts.byToken(accessToken, async ({ user }) => profileOf(user))),
    deleteAccount: ({ accessToken }) =>
      run((engine) => engine.accounts.byToken(accessToken, ({ user }) => deleteUser(engine, user))),
    updateAttributes: ({ accessToken, attributes }) =>
      run((engine) =>
        engine.accounts.byToken(accessToken, ({ user }) =>
          updateAttributes(engine, user, attributes),
        ),
      ),
    startAttributeVerification: ({ accessToken, attribute }) =>
      run((engine) =>
        engine.accounts.byToken(accessToken, ({ user }) =>
          startVerification(engine, user, attribute),
        ),
      ),
    confirmAttribute: (input) => run((engine) => confirmAttribute(engine, input)),
  };
}

/** The profile of a user, as they may see it themselves. */
export function profileOf(user: User): Profile {
  const { subject } = user;
  return { subject, username: subject, attributes: readableAttributes(user) };
}

/** Deletes an account for good. */
export async function deleteUser({ users, codes }: Engine, { subject }: User): Promise<void> {
  await codes.forget(subject);
  await users.delete(subject);
}

/**
 * A new address counts once it was proven: until then the profile shows the old one, and nobody hears whether it is
 * another account's.
 */
async function updateAttributes(
  engine: Engine,
  user: User,
  attributes: AttributeValues,
): Promise<readonly AttributeDelivery[]> {
  const { email, others } = acceptAttributes(attributes, "user");
  const { phone_number: phone, ...plain } = others;
  const newContacts = contactsOf({ email, phone_number: phone }).filter(
    ({ attribute, address }) => address !== addressOf(user, attribute),
  );
  for (const contact of newContacts) await countMessage(engine, user, contact);
  const isPhoneDeleted = phone === "";
  const changes = withAttributeChanges(user.attributes, isPhoneDeleted ? others : plain);
  const changed = await engine.users.change(user, {
    attributes: changes,
    ...(isPhoneDeleted && { isPhoneVerified: false }),
  });
  const deliveries: AttributeDelivery[] = [];
  for (const contact of newContacts)
    deliveries.push({
      attribute: contact.attribute,
      delivery: await sendCode(engine, changed, contact),
    });
  return deliveries;
}

async function startVerification(
  engine: Engine,
  user: User,
  attribute: string,
): Promise<Delivery | undefined> {
  if (!isAddress(attribute)) throw invalid(["attribute"], "not_an_address");
  const address = addressOf(user, attribute);
  const pending = await engine.codes.pendingContact(codeKey(user, attribute), purpose);
  const contact = pending ?? (address === undefined ? undefined : { attribute, address });
  if (contact === undefined) throw invalid(["attribute"], "required");
  await countMessage(engine, user, contact);
  return sendCode(engine, user, contact);
}

async function confirmAttribute(
  engine: Engine,
  input: { readonly accessToken: string; readonly attribute: string; readonly code: string },
): Promise<void> {
  const { accounts, codes, users } = engine;
  return accounts.byToken(input.accessToken, async ({ user }) => {
    if (!isAddress(input.attribute)) throw invalid(["attribute"], "not_an_address");
    const key = codeKey(user, input.attribute);
    const contact = provenContact(await codes.attempt(key, purpose, input.code));
    await requireFree(engine, user, contact);
    const { address } = contact;
    if (contact.attribute === "email")
      await users.change(user, { email: address, isEmailVerified: true });
    else {
      const attributes = withAttributeChanges(user.attributes, { phone_number: address });
      await users.change(user, { attributes, isPhoneVerified: true });
    }
  });
}

async function requireFree({ users }: Engine, user: User, contact: Contact): Promise<void> {
  if (contact.attribute !== "email") return;
  const owner = await users.findByEmail(contact.address);
  if (owner && owner.subject !== user.subject) throw new IdentityError("alias_taken");
}

/**
 * Counts a message that is about to go to an address, for the account and, where that has yet to be proven, for the
 * address: it may be a stranger's. Each code can be guessed at only so often, so fewer codes are fewer guesses as well.
 */
async function countMessage({ limits }: Engine, user: User, contact: Contact): Promise<void> {
  const { attribute, address } = contact;
  await limits.take(user.subject, purpose);
  const isProven = attribute === "email" ? user.isEmailVerified : user.isPhoneVerified;
  if (address === addressOf(user, attribute) && isProven) return;
  await limits.take(`${attribute} ${address}`, "unproven_address");
}

async function sendCode(
  { codes, sendNow }: Engine,
  user: User,
  contact: Contact,
): Promise<Delivery> {
  const code = await codes.issue(codeKey(user, contact.attribute), purpose, contact);
  return sendNow(user, { purpose, code, contact });
}

function codeKey({ subject }: User, attribute: Contact["attribute"]): string {
  return `${attribute} ${subject}`;
}

function isAddress(attribute: string): attribute is Contact["attribute"] {
  return attribute === "email" || attribute === "phone_number";
}

function addressOf(user: User, attribute: Contact["attribute"]): string | undefined {
  return attribute === "email" ? user.email : user.attributes.phone_number;
}

function contactsOf(addresses: Record<Contact["attribute"], string | undefined>): Contact[] {
  const attributes = ["email", "phone_number"] as const;
  return attributes.flatMap((attribute) => {
    const address = addresses[attribute];
    return address ? [{ attribute, address }] : [];
  });
}
