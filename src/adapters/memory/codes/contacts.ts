import type { Delivery } from "../../../domain/user.ts";
import { type Contact, contacts } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { nameContacts } from "../users/sign-in-names.ts";
import type { User } from "../users/user.ts";
import type { CodeTarget } from "./one-time-codes.ts";

/** By e-mail or text message. */
export function mediumOf(contact: Contact): Delivery["medium"] {
  return contact === "email" ? "email" : "sms";
}

/**
 * Tells where a confirmation code goes. To whoever signs up under an address, there, unless it is said which addresses
 * are proven; to a user with both kinds of address, to the telephone only.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html
 */
export function confirmationContact(
  user: User,
  { signInModel, autoVerified }: Pick<MemorySettings, "signInModel" | "autoVerified">,
): Contact | undefined {
  const names = nameContacts(signInModel);
  const proven = autoVerified ?? (names.length > 0 ? names : contacts);
  return contactsOf(user).find((contact) => proven.includes(contact));
}

/** Gives the contacts that a user has, the preferred one first. */
export function contactsOf({ attributes }: Pick<User, "attributes">): readonly Contact[] {
  const preferred: readonly Contact[] = ["phone_number", "email"];
  return preferred.filter((contact) => attributes[contact] !== undefined);
}

/** Gives the address of a kind that a user has. */
export function targetOf({ attributes }: User, contact: Contact): CodeTarget {
  return { contact, address: attributes[contact] ?? "" };
}

/** Masks an address as Amazon Cognito does: `a***@e***`, `+*******1234`. */
export function mask(contact: Contact, address: string): string {
  if (contact === "phone_number") return `+*******${address.slice(-4)}`;
  return address
    .split("@")
    .map((part) => `${[...part][0] ?? ""}***`)
    .join("@");
}
