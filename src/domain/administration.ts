import type { MfaMethod } from "./challenge.ts";
import type { Profile } from "./user.ts";

/** Where an account stands. */
export const userStatuses = [
  /** Waits for its user to confirm the sign-up. */
  "unconfirmed",
  /** Waits for an administrator to approve the sign-up. */
  "approval_required",
  "confirmed",
  /** Was created by an administrator, and has a temporary password until the first sign-in. */
  "invited",
  /** Cannot sign in before its password was reset. */
  "password_reset_required",
  /** Signs in with another provider. */
  "external",
] as const;
export type UserStatus = (typeof userStatuses)[number];

/** A user as an administrator sees them. */
export interface UserRecord extends Profile {
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** In seconds since the epoch. */
  readonly createdAt: number;
  /** In seconds since the epoch. */
  readonly updatedAt: number;
  /** Second factors that are switched on, where the provider tells them along. */
  readonly mfa?: readonly MfaMethod[];
}

/** The fields that users are looked for by. */
export const userFilterFields = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "sub",
  "status",
  "enabled",
] as const;

/** Narrows a listing by one field. */
export interface UserFilter {
  readonly field: (typeof userFilterFields)[number];
  readonly operator: "equals" | "starts_with";
  readonly value: string;
}
