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

/** The parts that are alike in all new users, who share them: to have them of one's own takes 300 bytes a user. */
const blank = {
  verified: new Set<never>(),
  unproven: Object.freeze({}),
  formerPasswords: Object.freeze([]),
  passwordExpiresAt: undefined,
  status: "unconfirmed",
  isEnabled: true,
  mfa: Object.freeze({ enabled: Object.freeze([]) }),
  totp: undefined,
  newTotpSecret: undefined,
  recoveryCodes: Object.freeze([]),
  passkeys: Object.freeze([]),
  newPasskey: undefined,
  groupIds: new Set<never>(),
} satisfies Partial<User>;

/** Makes a user of whom nothing is proven. */
export function newUser(
  identity: UserIdentity,
  attributes: AttributeValues,
  password: PasswordHash,
  { clock }: Pick<MemorySettings, "clock">,
): User {
  const now = clock.now();
  return { ...identity, serial: 0, createdAt: now, updatedAt: now, attributes, password, ...blank };
}
