import type { AttributeValues } from "../../../domain/user.ts";
import { checkChanges, withChanges } from "../account/profile-update.ts";
import type { Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { type Contact, contacts } from "../settings/options.ts";
import type { User } from "../users/user.ts";

/** The addresses that an administrator vouches for, or no longer does. */
export type VerificationChanges = Readonly<Partial<Record<Contact, boolean>>>;

/** Sets attributes in a user's stead, as `Administration.updateUser` does: a new address counts at once. */
export function updateUser(engine: Engine, user: User, attributes: AttributeValues): void {
  const { plain, verified } = splitVerified(attributes);
  checkChanges(engine, user, plain);
  engine.users.put(
    withVerified(
      withChanges(user, plain, () => false),
      verified,
    ),
  );
}

/**
 * Tells `email_verified` and `phone_number_verified` from other attributes.
 *
 * @throws {IdentityError} `validation_failed` — one of them is neither `true` nor `false`
 */
export function splitVerified(attributes: AttributeValues): {
  readonly plain: AttributeValues;
  readonly verified: VerificationChanges;
} {
  const plain = { ...attributes };
  const verified: Partial<Record<Contact, boolean>> = {};
  for (const contact of contacts) {
    const name = `${contact}_verified`;
    const value = plain[name];
    if (value === undefined) continue;
    if (value !== "true" && value !== "false")
      throw invalid(["attributes", name], "invalid_format");
    verified[contact] = value === "true";
    delete plain[name];
  }
  return { plain, verified };
}

/** Gives a user with the addresses proven that are vouched for, of those that there are. */
export function withVerified(user: User, vouched: VerificationChanges): User {
  const isProven = (contact: Contact) => vouched[contact] ?? user.verified.has(contact);
  const proven = contacts.filter(
    (contact) => user.attributes[contact] !== undefined && isProven(contact),
  );
  return { ...user, verified: new Set(proven) };
}
