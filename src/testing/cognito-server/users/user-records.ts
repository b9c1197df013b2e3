import { readableAttributes } from "../../../adapters/memory/users/attributes.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import { userStatuses } from "../pool/user-fields.ts";
import { seconds } from "../wire/times.ts";
import { mfaMembers, mfaOptionMembers } from "./mfa-settings.ts";
import { attributeList } from "./user-attributes.ts";

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
