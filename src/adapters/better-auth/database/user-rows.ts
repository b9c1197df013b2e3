import type { UserStatus } from "../../../domain/administration.ts";
import type { AttributeValues } from "../../../domain/user.ts";

/** A user as this adapter sees one. */
export interface User {
  readonly subject: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly isPhoneVerified: boolean;
  /** All but the e-mail address. */
  readonly attributes: AttributeValues;
  readonly status: UserStatus;
  readonly isEnabled: boolean;
  readonly groups: readonly string[];
  readonly hasTotp: boolean;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** The changes that a user can have. */
export type UserChanges = Partial<Omit<User, "subject" | "createdAt" | "updatedAt">>;

/** A user as Better Auth keeps one. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly banned: boolean | null;
  readonly role: string | null;
  readonly twoFactorEnabled: boolean | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly porticoStatus: UserStatus | null;
  readonly porticoAttributes: string | null;
  readonly porticoPhoneVerified: boolean | null;
}

/** An account that Better Auth itself made has no status of ours. */
export function userOf(row: UserRow): User {
  return {
    subject: row.id,
    email: row.email,
    isEmailVerified: row.emailVerified,
    isPhoneVerified: row.porticoPhoneVerified ?? false,
    attributes: JSON.parse(row.porticoAttributes ?? "{}"),
    status: row.porticoStatus ?? (row.emailVerified ? "confirmed" : "unconfirmed"),
    isEnabled: row.banned !== true,
    groups: row.role?.split(",").filter((role) => role !== "") ?? [],
    hasTotp: row.twoFactorEnabled === true,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  };
}

/** Gives the columns of what is changed. Better Auth has a name for everyone. */
export function columnsOf(
  changes: UserChanges,
  { attributes, email }: Pick<User, "attributes" | "email">,
) {
  const { status, isEmailVerified, isPhoneVerified, isEnabled, groups, hasTotp } = changes;
  return {
    ...(changes.email !== undefined && { email: email.toLowerCase() }),
    ...(changes.attributes && {
      name: attributes.name ?? "",
      porticoAttributes: JSON.stringify(attributes),
    }),
    ...(status !== undefined && { porticoStatus: status }),
    ...(isEmailVerified !== undefined && { emailVerified: isEmailVerified }),
    ...(isPhoneVerified !== undefined && { porticoPhoneVerified: isPhoneVerified }),
    ...(isEnabled !== undefined && { banned: !isEnabled }),
    ...(groups && { role: groups.join(",") }),
    ...(hasTotp !== undefined && { twoFactorEnabled: hasTotp }),
  };
}
