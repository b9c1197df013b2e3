import type { AttributeValues } from "../../../domain/user.ts";
import { randomUuid } from "../../shared/random.ts";
import type { PasswordHash } from "../credentials/password-hash.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { nameContacts } from "./sign-in-names.ts";
import type { User } from "./user.ts";

/** The names of a user: under an address, the user name is the subject. */
export type UserIdentity = Pick<User, "subject" | "username">;

/** Makes up the names of a new user. */
export function newIdentity(
  name: string,
  { signInModel, randomBytes }: Pick<MemorySettings, "signInModel" | "randomBytes">,
): UserIdentity {
  const subject = randomUuid(randomBytes);
  return { subject, username: nameContacts(signInModel).length > 0 ? subject : name };
}

/** Makes a user of whom nothing is proven. */
export function newUser(
  identity: UserIdentity,
  attributes: AttributeValues,
  password: PasswordHash,
  { clock }: Pick<MemorySettings, "clock">,
): User {
  return {
    ...identity,
    serial: 0,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    attributes,
    verified: new Set(),
    unproven: {},
    password,
    formerPasswords: [],
    passwordExpiresAt: undefined,
    status: "unconfirmed",
    isEnabled: true,
    mfa: { enabled: [] },
    totp: undefined,
    newTotpSecret: undefined,
    passkeys: [],
    newPasskey: undefined,
    groupIds: new Set(),
  };
}
