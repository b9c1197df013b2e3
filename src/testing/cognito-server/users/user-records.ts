import { readableAttributes } from "../../../adapters/memory/users/attributes.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { UserStatus } from "../../../domain/administration.ts";
import { seconds } from "../wire/times.ts";
import { mfaMembers, mfaOptionMembers } from "./mfa-settings.ts";
import { attributeList } from "./user-attributes.ts";

/** Cognito's names for the status of an account. They do not tell who is to confirm one. */
export const userStatuses: Readonly<Record<UserStatus, string>> = {
  unconfirmed: "UNCONFIRMED",
  approval_required: "UNCONFIRMED",
  confirmed: "CONFIRMED",
  invited: "FORCE_CHANGE_PASSWORD",
  password_reset_required: "RESET_REQUIRED",
  external: "EXTERNAL_PROVIDER",
};

/** Describes a user as one is in a list. */
export function listedUser(user: User, names?: readonly string[]): object {
  const attributes = attributesOf(user).filter(({ Name }) => names?.includes(Name) ?? true);
  return { ...described(user), Attributes: attributes };
}

/** Describes a user as one is alone. */
export function foundUser(user: User): object {
  return { ...described(user), UserAttributes: attributesOf(user), ...mfaMembers(user.mfa) };
}

function described({ username, isEnabled, status, mfa, createdAt, updatedAt }: User): object {
  return {
    ...mfaOptionMembers(mfa),
    Username: username,
    Enabled: isEnabled,
    UserStatus: userStatuses[status],
    UserCreateDate: seconds(createdAt),
    UserLastModifiedDate: seconds(updatedAt),
  };
}

function attributesOf(user: User) {
  return attributeList({ subject: user.subject, attributes: readableAttributes(user) });
}
